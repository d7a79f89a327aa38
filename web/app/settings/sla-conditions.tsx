import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { CHANNELS } from '#workflows/domain/channel.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { channelLabel, priorityLabel } from '../inbox/signs.tsx';
import { TagPicker } from '../inbox/tag-picker.tsx';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { ChoiceMenu } from './choice-menu.tsx';
import { RequesterPicker } from './requester-picker.tsx';
import type { Conditions } from './sla-draft.ts';
import type { NamedRequester } from './sla-names.ts';

const TITLES = [['priorities', 'Priority'], ['channels', 'Channel'], ['agents', 'AI agent'], ['tags', 'Tag'], ['requesters', 'Requester']] as const;
type Key = (typeof TITLES)[number][0];

interface ConditionsProps {
  readonly conditions: Conditions;
  readonly requesters: readonly NamedRequester[];
  readonly onChange: (conditions: Conditions) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Which tickets a policy is for: a row for each condition that it has, and a menu of those that it has not. */
export function SlaConditions({ conditions, requesters, onChange, errorOf }: ConditionsProps) {
  const isOn = ([key]: (typeof TITLES)[number]) => conditions[key] !== undefined;
  const rows = TITLES.filter(isOn);
  const others = TITLES.filter((one) => !isOn(one));
  const remove = (key: Key) => {
    const { [key]: _removed, ...rest } = conditions;
    onChange(rest);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">For tickets</legend>
      {rows.length === 0 && <p className="mb-1.5 text-sm text-ink-soft">Every ticket that no policy above matches.</p>}
      <ul aria-label="Conditions" className="flex flex-col gap-1.5 text-sm">
        {rows.map(([key, title], at) => (
          <li key={key} className="flex items-start gap-2">
            <span className="w-28 shrink-0 pt-1.5 text-ink-soft">
              {at > 0 && 'and '}
              {at > 0 ? title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()) : title} is
            </span>
            <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
              <Values of={key} conditions={conditions} requesters={requesters} onChange={onChange} error={errorOf(`conditions.${key}`)} />
            </div>
            <Button look="quiet" size="icon" aria-label={`Remove the condition ${title}`} onClick={() => remove(key)}>
              <X className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Menu
          label="Conditions"
          trigger={
            <Button look="quiet" size="small" className="mt-1 -ml-2">
              <Plus className="size-3.5" aria-hidden="true" />
              Add condition
            </Button>
          }
        >
          {others.map(([key, title]) => (
            <MenuItem key={key} onSelect={() => onChange({ ...conditions, [key]: [] })}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      )}
    </fieldset>
  );
}

interface ValuesProps extends Omit<ConditionsProps, 'errorOf'> {
  readonly of: Key;
  readonly error: string | undefined;
}

/** Any one of what is chosen is enough. */
function Values({ of, conditions, requesters, onChange, error }: ValuesProps) {
  const { agents } = useShell();
  switch (of) {
    case 'priorities':
      return (
        <ChoiceMenu label="Priority" options={PRIORITIES.map((one) => [one, priorityLabel(one)])} chosen={conditions.priorities ?? []} joined="or" goneName="unknown" error={error}
          onChange={(chosen) => onChange({ ...conditions, priorities: PRIORITIES.filter((one) => chosen.includes(one)) })} />
      );
    case 'channels':
      return (
        <ChoiceMenu label="Channel" options={CHANNELS.map((one) => [one, channelLabel(one)])} chosen={conditions.channels ?? []} joined="or" goneName="unknown" error={error}
          onChange={(chosen) => onChange({ ...conditions, channels: CHANNELS.filter((one) => chosen.includes(one)) })} />
      );
    case 'agents':
      return (
        <ChoiceMenu label="AI agent" options={agents.map(({ id, name }) => [id, name])} chosen={conditions.agents ?? []} joined="or" goneName="an agent that is gone" error={error}
          onChange={(chosen) => onChange({ ...conditions, agents: chosen })} />
      );
    case 'tags':
      return <Tags tags={conditions.tags ?? []} onChange={(chosen) => onChange({ ...conditions, tags: [...chosen] })} error={error} />;
    case 'requesters':
      return <RequesterPicker chosen={conditions.requesters ?? []} known={requesters} error={error} onChange={(chosen) => onChange({ ...conditions, requesters: chosen })} />;
  }
}

function Tags({ tags, onChange, error }: { tags: readonly string[]; onChange: (tags: readonly string[]) => void; error: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="min-h-8 py-1">
      <TagPicker tags={tags} onChange={onChange} isOpen={isOpen} onOpenChange={setOpen} />
      {error !== undefined && <p className="text-sm text-danger">{error}</p>}
    </div>
  );
}
