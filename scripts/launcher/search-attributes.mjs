/**
 * What tickets are searched by, registered while the server starts: the worker adds what is missing on
 * any server, but there the first tickets would wait for its cache to notice.
 */
export const SEARCH_ATTRIBUTES = {
  BatonTeam: 'Keyword',
  BatonStatus: 'Keyword',
  BatonAssignee: 'Keyword',
};
