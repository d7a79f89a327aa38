import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { MAX_TAG_LENGTH } from '#workflows/contract/text.ts';
import { MOST_ACTIONS } from '#workflows/domain/sla-policy.ts';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { ChoiceMenu } from './choice-menu.tsx';
import type { Action, ActionDraft, Alarm } from './sla-draft.ts';
import type { NamedWebhook } from './sla-names.ts';
import { stateBadge } from './webhook-words.ts';

const TITLES: Readonly<Record<Alarm, string>> = { onWarning: 'At a warning', onBreach: 'At a breach' };
const EVENTS = { onWarning: 'ticket.sla_warning', onBreach: 'ticket.sla_breached' } as const satisfies Record<Alarm, string>;
const GROUPS = [['assignee', 'the assignee'], ['admins', 'the admins'], ['everyone', 'everyone who works tickets']] as const;
/** Doing these twice means nothing more, or more than anybody means. */
const ONCE: readonly Action['action'][] = ['notify', 'raise_priority', 'reassign'];

interface ActionsProps {
  readonly alarm: Alarm;
  readonly actions: readonly ActionDraft[];
  readonly webhooks: readonly NamedWebhook[];
  readonly onChange: (actions: readonly ActionDraft[]) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** What is done when time runs out: a sentence for each action. */
export function SlaActions({ alarm, actions, webhooks, onChange, errorOf }: ActionsProps) {
  const title = TITLES[alarm];
  const [webhook] = webhooks;
  const add = (action: Action) => onChange([...actions, { id: Date.now(), action }]);
  const mayAdd = (kind: Action['action']) => !ONCE.includes(kind) || actions.every(({ action }) => action.action !== kind);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{title}</legend>
      {actions.length === 0 && <p className="text-sm text-ink-soft">The ticket and its timeline say so; nothing more is done.</p>}
      <ul className="flex flex-col gap-1.5 text-sm">
        {actions.map(({ id, action }, at) => (
          <li key={id} className="flex items-start gap-2">
            <div className="flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
              <ActionRow
                alarm={alarm}
                action={action}
                webhooks={webhooks}
                error={errorOf(`${alarm}.${at}`)}
                onChange={(changed) => onChange(actions.map((one) => (one.id === id ? { id, action: changed } : one)))}
              />
            </div>
            <Button look="quiet" size="icon" aria-label={`${title}: remove ${at + 1}`} onClick={() => onChange(actions.filter((one) => one.id !== id))}>
              <X className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      {actions.length < MOST_ACTIONS && (
        <Menu
          label={title}
          trigger={
            <Button look="quiet" size="small" aria-label={`${title}: add action`} className="mt-1 -ml-2">
              <Plus className="size-3.5" aria-hidden="true" />
              Add action
            </Button>
          }
        >
          {mayAdd('notify') && <MenuItem onSelect={() => add({ action: 'notify', to: ['assignee'] })}>Notify people</MenuItem>}
          {mayAdd('raise_priority') && <MenuItem onSelect={() => add({ action: 'raise_priority' })}>Raise the priority</MenuItem>}
          {mayAdd('reassign') && <MenuItem onSelect={() => add({ action: 'reassign', always: false })}>Assign it anew</MenuItem>}
          <MenuItem onSelect={() => add({ action: 'tag', tag: '' })}>Add a tag</MenuItem>
          <MenuItem isDisabled={webhook === undefined} onSelect={() => webhook && add({ action: 'webhook', webhookId: webhook.id })}>
            {webhook === undefined ? 'Send to a webhook (there is none yet)' : 'Send to a webhook'}
          </MenuItem>
        </Menu>
      )}
    </fieldset>
  );
}

interface RowProps {
  readonly alarm: Alarm;
  readonly action: Action;
  readonly webhooks: readonly NamedWebhook[];
  readonly error: string | undefined;
  readonly onChange: (action: Action) => void;
}

function ActionRow({ alarm, action, webhooks, error, onChange }: RowProps) {
  const { operators, tags } = useShell();
  const id = useId();
  const title = TITLES[alarm];
  const invalid = { 'aria-invalid': error !== undefined || undefined, 'aria-describedby': error === undefined ? undefined : id };
  const said = error !== undefined && (
    <p id={id} className="w-full text-sm text-danger">
      {error}
    </p>
  );
  switch (action.action) {
    case 'notify': {
      const people = operators.filter(({ role, isDisabled, id: who }) => (role !== 'viewer' && !isDisabled) || action.to.includes(who));
      return (
        <>
          Notify
          <ChoiceMenu label={`${title}: notify`} options={[...GROUPS, ...people.map((one) => [one.id, one.name] as const)]} chosen={action.to} joined="and" goneName="somebody who has left" error={error} onChange={(to) => onChange({ action: 'notify', to })} />
        </>
      );
    }
    case 'raise_priority':
      return 'Raise the priority by a step';
    case 'reassign':
      return (
        <>
          Assign it anew
          <select aria-label={`${title}: assign anew`} value={action.always ? 'always' : 'automatic'} onChange={({ target }) => onChange({ action: 'reassign', always: target.value === 'always' })} className={`${INPUT} h-8 w-auto!`}>
            <option value="automatic">where nobody chose the assignee</option>
            <option value="always">always</option>
          </select>
        </>
      );
    case 'tag':
      return (
        <>
          Add the tag
          <input aria-label={`${title}: tag`} {...invalid} list={`${id}-tags`} value={action.tag} maxLength={MAX_TAG_LENGTH} autoComplete="off" onChange={({ target }) => onChange({ action: 'tag', tag: target.value })} className={`${INPUT} h-8 w-40!`} />
          <datalist id={`${id}-tags`}>
            {tags.map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
          {said}
        </>
      );
    case 'webhook': {
      const chosen = webhooks.find((one) => one.id === action.webhookId);
      return (
        <>
          Send to
          <select aria-label={`${title}: webhook`} {...invalid} value={action.webhookId} onChange={({ target }) => onChange({ action: 'webhook', webhookId: target.value })} className={`${INPUT} h-8 w-auto! max-w-full min-w-0 flex-1`}>
            {webhooks.map((one) => (
              <option key={one.id} value={one.id}>
                {webhookName(one)}
              </option>
            ))}
            {chosen === undefined && <option value={action.webhookId}>a webhook that is gone</option>}
          </select>
          {chosen && hearsOfAll(chosen, alarm) && <span className="w-full text-xs text-ink-faint">It listens to all of these by itself, and gets each once.</span>}
          {said}
        </>
      );
    }
  }
}

function webhookName({ url, description, state, off }: NamedWebhook): string {
  return `${description || url}${state === 'on' ? '' : ` (${stateBadge({ state, off }).words.toLowerCase()})`}`;
}

function hearsOfAll({ events }: NamedWebhook, alarm: Alarm): boolean {
  return events.length === 0 || events.includes(EVENTS[alarm]);
}
