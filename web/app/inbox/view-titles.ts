const TITLES: Readonly<Record<string, string>> = {
  inbox: 'Inbox',
  mentions: 'Mentions',
  all: 'All tickets',
  unassigned: 'Unassigned',
  solved: 'Solved',
  search: 'Search',
};

export function titleOfView(view: string): string {
  return TITLES[view] ?? 'Tickets';
}

const EMPTY: Readonly<Record<string, { title: string; text: string }>> = {
  inbox: { title: 'All clear', text: 'Nothing is waiting for you. Look into Unassigned for something to take.' },
  mentions: { title: 'Nobody has mentioned you', text: 'When a colleague writes @ and your name in a note, the ticket is listed here until you mark it done.' },
  all: { title: 'No active tickets', text: 'Mails, escalations by AI agents and tickets made by hand appear here by themselves.' },
  unassigned: { title: 'Everything has an owner', text: 'New tickets without an assignee wait here.' },
  solved: { title: 'Nothing solved yet', text: 'Resolved, closed and cancelled tickets are kept here.' },
  search: { title: 'Nothing matches', text: 'Try fewer words, or a ticket number like #12.' },
};

/** What an empty view means, and what to do next. */
export function emptyWordsOf(view: string): { title: string; text: string } {
  return EMPTY[view] ?? { title: 'Nothing here', text: '' };
}
