import { labelsOf } from '#workflows/domain/labels.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { useShell } from '../shell/shell-data.ts';
import { COMMON_LANGUAGES, languageName } from './language-name.ts';
import { channelLabel, priorityLabel } from './signs.tsx';

export interface Choice {
  readonly label: string;
  /** One label may mean several stored values. */
  readonly values: readonly string[];
}
export interface Filter {
  readonly name: string;
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** What a list can be narrowed by, and to what. */
export function useFilters(): readonly Filter[] {
  const { me, operators, agents, tags } = useShell();
  const single = (label: string, value: string): Choice => ({ label, values: [value] });
  return [
    { name: 'status', title: 'Status', choices: labelsOf(me.team.vocabulary).map(({ label, members }) => ({ label, values: members })) },
    { name: 'priority', title: 'Priority', choices: [...PRIORITIES].reverse().map((one) => single(priorityLabel(one), one)) },
    {
      name: 'assignee',
      title: 'Assignee',
      choices: [
        single('Me', 'me'),
        single('Nobody', 'none'),
        ...operators.filter(({ id, isDisabled }) => id !== me.operatorId && !isDisabled).map(({ id, name }) => single(name, id)),
      ],
    },
    { name: 'agent', title: 'Agent', choices: [...agents.map(({ id, name }) => single(name, id)), single('No agent', 'none')] },
    { name: 'channel', title: 'Channel', choices: CHANNELS.map((one) => single(channelLabel(one), one)) },
    { name: 'language', title: 'Language', choices: COMMON_LANGUAGES.map((one) => single(languageName(one), one)).sort((a, b) => a.label.localeCompare(b.label, 'en')) },
    { name: 'tag', title: 'Tag', choices: tags.map((tag) => single(tag, tag)) },
  ];
}
