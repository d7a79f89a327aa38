import type { TicketView } from '#workflows/contract/views.ts';
import type { Priority } from '#workflows/domain/priority.ts';
import type { Status } from '#workflows/domain/status.ts';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { languageName } from './language-name.ts';
import { priorityLabel } from './signs.tsx';
import { useStatusLabel } from './status-icon.tsx';

/** What can be done to a ticket, with what is said afterwards; the pending change is shown before the answer. */
export function useTicketCommands(ticket: TicketView) {
  const { me, operators } = useShell();
  const labelOf = useStatusLabel();
  const { run, pending } = useCommand(`/do/tickets/${ticket.id}`);
  const nameOf = (id: string) => (id === me.operatorId ? me.name : (operators.find((one) => one.id === id)?.name ?? 'them'));

  const assign = (assignee: string | null) => {
    const before = ticket.assignee?.id ?? '';
    return void run(
      { intent: 'assign', assignee: assignee ?? '' },
      { done: assignee === null ? 'Unassigned' : `Assigned to ${nameOf(assignee)}`, undo: () => void run({ intent: 'assign', assignee: before }) },
    );
  };
  const setPriority = (priority: Priority) => {
    const before = ticket.priority;
    return void run(
      { intent: 'priority', priority },
      { done: `Priority: ${priorityLabel(priority)}`, undo: () => void run({ intent: 'priority', priority: before }) },
    );
  };
  const setTags = (tags: readonly string[]) => void run({ intent: 'tags', tag: tags.length > 0 ? tags : [''] });
  const setSkills = (skills: readonly string[]) => void run({ intent: 'skills', skill: skills.length > 0 ? skills : [''] });
  const setGroup = (group: { readonly key: string; readonly name: string } | null) => {
    const before = ticket.group ?? '';
    return void run({ intent: 'group', group: group?.key ?? '' }, { done: group === null ? 'Anybody may get it' : `Group: ${group.name}`, undo: () => void run({ intent: 'group', group: before }) });
  };
  const setLanguage = (language: string | null) => {
    const before = ticket.language ?? '';
    const done = language === null ? 'Any language' : `Language: ${languageName(language)}`;
    return void run({ intent: 'language', language: language ?? '' }, { done, undo: () => void run({ intent: 'language', language: before }) });
  };
  const setRequesterLanguage = (language: string | null) => {
    const { id: requester, language: before, languageSource } = ticket.requesterDetail;
    const undo = languageSource === 'manual' || before === null ? { undo: () => void run({ intent: 'requester-language', requester, language: before ?? '' }) } : {};
    return void run({ intent: 'requester-language', requester, language: language ?? '' }, { done: language === null ? 'Detected from what they write next' : `They write in ${languageName(language)}`, ...undo });
  };
  return {
    run,
    /** The ticket as it will be when the pending command is done. */
    shown: optimistic(ticket, pending, nameOf),
    setStatus: (status: Status) => void run({ intent: 'status', status }, { done: `Status: ${labelOf(status)}` }),
    assign,
    claim: () => void run({ intent: 'claim' }, { done: 'Assigned to you' }),
    setPriority,
    setTags,
    setSkills,
    setGroup,
    setLanguage,
    setRequesterLanguage,
    setSubject: (subject: string) => void run({ intent: 'subject', subject }),
    snooze: (until: string | null) => void run({ intent: 'snooze', until: until ?? '' }, { done: 'Snoozed', undo: () => void run({ intent: 'unsnooze' }) }),
    unsnooze: () => void run({ intent: 'unsnooze' }, { done: 'Awake again' }),
    doneMention: () => void run({ intent: 'mention-done' }, { done: 'Mention marked as done' }),
  };
}
export type TicketCommands = ReturnType<typeof useTicketCommands>;

type Shown = Pick<TicketView, 'status' | 'priority' | 'assignee' | 'tags' | 'subject' | 'skills' | 'group' | 'language' | 'requesterDetail'>;

function optimistic(ticket: TicketView, pending: ReturnType<typeof useCommand>['pending'], nameOf: (id: string) => string): Shown {
  const shown: Shown = ticket;
  if (pending === null) return shown;
  const text = (name: string) => {
    const value = pending[name];
    return typeof value === 'string' ? value : '';
  };
  switch (pending['intent']) {
    case 'status':
      return { ...shown, status: ticket.legalMoves.find((one) => one === text('status')) ?? ticket.status };
    case 'priority':
      return { ...shown, priority: (['low', 'normal', 'high', 'urgent'] as const).find((one) => one === text('priority')) ?? ticket.priority };
    case 'assign':
      return { ...shown, assignee: text('assignee') === '' ? null : { id: text('assignee'), name: nameOf(text('assignee')) } };
    case 'subject':
      return { ...shown, subject: text('subject') };
    case 'tags': {
      const tags = pending['tag'];
      return { ...shown, tags: typeof tags === 'object' ? tags.filter((tag) => tag !== '') : ticket.tags };
    }
    case 'skills': {
      const skills = pending['skill'];
      return { ...shown, skills: typeof skills === 'object' ? skills.filter((skill) => skill !== '') : ticket.skills };
    }
    case 'group':
      return { ...shown, group: text('group') || null };
    case 'requester-language':
      return { ...shown, requesterDetail: { ...ticket.requesterDetail, language: text('language') || null } };
    case 'language':
      return { ...shown, language: text('language') || null };
    default:
      return shown;
  }
}
