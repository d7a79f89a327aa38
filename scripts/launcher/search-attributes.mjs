/** The search attributes of ticket workflows, registered with every server that is started here. */
export const SEARCH_ATTRIBUTES = {
  BatonTeam: 'Keyword',
  BatonStatus: 'Keyword',
  BatonAssignee: 'Keyword',
  BatonNumber: 'Int',
};
