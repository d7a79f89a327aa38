import type { SlaView } from '#workflows/contract/sla-views.ts';

/** A policy while it is being edited: every input is text, so that nothing typed is lost. */
export interface SlaDraft {
  readonly id: number;
  readonly name: string;
  readonly scheduleId: string;
  readonly priorities: readonly string[];
  readonly tags: string;
  readonly targets: Readonly<Record<TargetKey, TargetDraft>>;
  readonly notify: readonly string[];
  readonly raises: boolean;
  readonly tag: string;
  readonly sentTo: SentTo;
  /** Set by API, and kept as they are: this page has no inputs for them. */
  readonly kept: Pick<Policy, 'conditions' | 'onWarning' | 'onBreach'>;
}

/** Webhooks by id, each list in the policy's own order. */
export interface SentTo {
  readonly warning: readonly string[];
  readonly breach: readonly string[];
}

export interface TargetDraft {
  /** Hours with decimals; empty: no such clock. */
  readonly hours: string;
  readonly counts: 'business' | 'calendar';
  readonly warnPercent: string;
  readonly pausesOn: readonly string[];
}

export const TARGET_KEYS = ['firstReply', 'nextReply', 'resolution'] as const;
export type TargetKey = (typeof TARGET_KEYS)[number];
type Policy = SlaView['policies'][number];

const HOUR_MS = 3_600_000;
const NONE: Policy = { name: '', conditions: {}, targets: {}, scheduleId: null, onWarning: [{ action: 'notify', to: ['assignee'] }], onBreach: [{ action: 'notify', to: ['assignee', 'admins'] }] };

export function draftOf(policy: Policy = NONE, id: number = Date.now()): SlaDraft {
  const { conditions, onWarning, onBreach, targets } = policy;
  const actions = onBreach.map(({ action }) => action);
  const target = (key: TargetKey): TargetDraft => {
    const one = targets[key];
    return {
      hours: one === undefined ? '' : String(Math.round((one.ms / HOUR_MS) * 1_000) / 1_000),
      counts: one?.hours ?? 'business',
      warnPercent: String(one?.warnPercent ?? 75),
      pausesOn: one?.pausesOn ?? (key === 'resolution' ? ['on_customer', 'on_hold'] : []),
    };
  };
  return {
    id,
    name: policy.name,
    scheduleId: policy.scheduleId ?? '',
    priorities: conditions.priorities ?? [],
    tags: (conditions.tags ?? []).join(', '),
    targets: { firstReply: target('firstReply'), nextReply: target('nextReply'), resolution: target('resolution') },
    notify: toldBy({ onWarning, onBreach }),
    raises: actions.includes('raise_priority'),
    tag: onBreach.flatMap((one) => (one.action === 'tag' ? [one.tag] : []))[0] ?? '',
    sentTo: { warning: webhooksIn(onWarning), breach: webhooksIn(onBreach) },
    kept: { conditions, onWarning, onBreach },
  };
}

/** Whoever is told at either: the page has one list for both. */
function toldBy({ onWarning, onBreach }: Pick<Policy, 'onWarning' | 'onBreach'>): readonly string[] {
  return [...new Set([...onWarning, ...onBreach].flatMap((one) => (one.action === 'notify' ? one.to : [])))];
}

function webhooksIn(actions: Policy['onBreach']): readonly string[] {
  return actions.flatMap((one) => (one.action === 'webhook' ? [one.webhookId] : []));
}

/** The targets that have a time. */
export function targetsOf({ targets }: SlaDraft): unknown {
  return Object.fromEntries(
    TARGET_KEYS.filter((key) => targets[key].hours.trim() !== '').map((key) => {
      const { hours, counts, warnPercent, pausesOn } = targets[key];
      return [key, { ms: Math.round(Number(hours.replace(',', '.')) * HOUR_MS), hours: counts, warnPercent: Number(warnPercent), pausesOn }];
    }),
  );
}

/** What is sent: checked by the server, which names the field that is wrong. */
export function inputOf(draft: SlaDraft): unknown {
  const { kept, notify } = draft;
  const tags = draft.tags.split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  // Told differently at a warning and at a breach, by API: that stays as long as nobody changes the list here.
  const isAsItWas = [...notify].sort().join() === [...toldBy(kept)].sort().join();
  const told = (actions: Policy['onBreach']) => (isAsItWas ? actions.filter(({ action }) => action === 'notify') : notify.length > 0 ? [{ action: 'notify', to: notify }] : []);
  const sending = (ids: readonly string[]) => ids.map((webhookId) => ({ action: 'webhook', webhookId }));
  const { priorities: _priorities, tags: _tags, ...conditions } = kept.conditions;
  return {
    name: draft.name,
    scheduleId: draft.scheduleId === '' ? null : draft.scheduleId,
    conditions: { ...conditions, ...(draft.priorities.length > 0 && { priorities: draft.priorities }), ...(tags.length > 0 && { tags }) },
    targets: targetsOf(draft),
    onWarning: [...told(kept.onWarning), ...kept.onWarning.filter(({ action }) => action !== 'notify' && action !== 'webhook'), ...sending(draft.sentTo.warning)],
    onBreach: [
      ...told(kept.onBreach),
      ...(draft.raises ? [{ action: 'raise_priority' }] : []),
      ...(draft.tag.trim() === '' ? [] : [{ action: 'tag', tag: draft.tag.trim() }]),
      // The page shows the first.
      ...kept.onBreach.filter(({ action }) => action === 'tag').slice(1),
      ...kept.onBreach.filter(({ action }) => action === 'reassign'),
      ...sending(draft.sentTo.breach),
    ],
  };
}
