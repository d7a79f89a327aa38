import type { SlaView } from '#workflows/contract/sla-views.ts';
import { DEFAULT_HOURS, DEFAULT_PAUSES_ON, DEFAULT_WARN_PERCENT } from '#workflows/domain/sla-policy.ts';
import { lengthIn, lengthText } from './length-text.ts';

/** A policy while it is being edited. What nobody touches is saved as it was, to the millisecond and in its order. */
export interface SlaDraft {
  readonly id: number;
  readonly name: string;
  /** Empty: the agent's, else the team's. */
  readonly scheduleId: string;
  /** A list that is there and empty is a condition that nobody has filled in yet: the server refuses it. */
  readonly conditions: Conditions;
  readonly targets: Readonly<Record<TargetKey, TargetDraft>>;
  readonly onWarning: readonly ActionDraft[];
  readonly onBreach: readonly ActionDraft[];
}

export interface TargetDraft {
  /** As it is typed, like `8 h 30 min`; empty: no such clock. */
  readonly time: string;
  readonly counts: 'business' | 'calendar';
  readonly warnPercent: string;
  readonly pausesOn: readonly string[];
}

export const TARGET_KEYS = ['firstReply', 'nextReply', 'resolution'] as const;
export type TargetKey = (typeof TARGET_KEYS)[number];
export const ALARMS = ['onWarning', 'onBreach'] as const;
export type Alarm = (typeof ALARMS)[number];

type Policy = SlaView['policies'][number];
export type Conditions = Policy['conditions'];
export type Action = Policy['onBreach'][number];
export interface ActionDraft {
  readonly id: number;
  readonly action: Action;
}

const NONE: Policy = { name: '', conditions: {}, targets: {}, scheduleId: null, onWarning: [{ action: 'notify', to: ['assignee'] }], onBreach: [{ action: 'notify', to: ['assignee', 'admins'] }] };

export function draftOf(policy: Policy = NONE, id: number = Date.now()): SlaDraft {
  const target = (key: TargetKey): TargetDraft => {
    const one = policy.targets[key];
    return {
      time: one === undefined ? '' : lengthText(one.ms),
      counts: one?.hours ?? DEFAULT_HOURS,
      warnPercent: String(one?.warnPercent ?? DEFAULT_WARN_PERCENT),
      pausesOn: one?.pausesOn ?? DEFAULT_PAUSES_ON[key],
    };
  };
  const drafts = (actions: readonly Action[]) => actions.map((action, at) => ({ id: at, action }));
  return {
    id,
    name: policy.name,
    scheduleId: policy.scheduleId ?? '',
    conditions: policy.conditions,
    targets: { firstReply: target('firstReply'), nextReply: target('nextReply'), resolution: target('resolution') },
    onWarning: drafts(policy.onWarning),
    onBreach: drafts(policy.onBreach),
  };
}

/** The targets that have a time; one that cannot be read is sent without, and refused. */
export function targetsOf({ targets }: SlaDraft): unknown {
  return Object.fromEntries(
    TARGET_KEYS.filter((key) => targets[key].time.trim() !== '').map((key) => {
      const { time, counts, warnPercent, pausesOn } = targets[key];
      return [key, { ms: lengthIn(time), hours: counts, warnPercent: Number(warnPercent), pausesOn }];
    }),
  );
}

/** What is sent: checked by the server, which names the field that is wrong. */
export function inputOf(draft: SlaDraft): unknown {
  const { name, scheduleId, conditions, onWarning, onBreach } = draft;
  const actions = (drafts: readonly ActionDraft[]) => drafts.map(({ action }) => action);
  return { name, scheduleId: scheduleId === '' ? null : scheduleId, conditions, targets: targetsOf(draft), onWarning: actions(onWarning), onBreach: actions(onBreach) };
}
