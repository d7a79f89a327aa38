import { useId, useState } from 'react';
import { labelFor } from '#workflows/domain/labels.ts';
import { PAUSING_STATUSES } from '#workflows/domain/sla-policy.ts';
import { INPUT } from '../ui/field.tsx';
import { lengthIn, lengthProblem, lengthText } from './length-text.ts';
import { TARGET_KEYS } from './sla-draft.ts';
import type { SlaDraft, TargetDraft, TargetKey } from './sla-draft.ts';

const TITLES: Readonly<Record<TargetKey, string>> = { firstReply: 'First reply', nextReply: 'Next reply', resolution: 'Resolution' };
// By the names of all seven: a team with short words calls both Open.
const PAUSES = PAUSING_STATUSES.map((slug) => [slug, labelFor('seven', slug)] as const);

interface TargetsProps {
  readonly targets: SlaDraft['targets'];
  readonly onChange: (targets: SlaDraft['targets']) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** The three clocks of a policy; one without a time is none. */
export function SlaTargets({ targets, onChange, errorOf }: TargetsProps) {
  return (
    <div className="overflow-x-auto">
      {/* On a phone each clock is a block of named lines. */}
      <table className="w-full text-sm max-md:block md:min-w-2xl">
        <thead className="max-md:sr-only">
          <tr className="text-left text-xs text-ink-faint [&>th]:pr-3 [&>th]:pb-1 [&>th]:font-medium">
            <th>Clock</th>
            <th>Time</th>
            <th>Counted in</th>
            <th>Warn at %</th>
            <th>Pauses in</th>
          </tr>
        </thead>
        <tbody className="max-md:flex max-md:flex-col max-md:divide-y">
          {TARGET_KEYS.map((key) => (
            <TargetRow key={key} name={TITLES[key]} target={targets[key]} onChange={(patch) => onChange({ ...targets, [key]: { ...targets[key], ...patch } })} error={errorOf(`targets.${key}`)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly target: TargetDraft;
  readonly onChange: (patch: Partial<TargetDraft>) => void;
  readonly error: string | undefined;
}

function TargetRow({ name, target, onChange, error }: RowProps) {
  const id = useId();
  const [isTyping, setTyping] = useState(false);
  const problem = lengthProblem(target.time);
  const told = problem !== null && !isTyping ? problem : error;
  return (
    <>
      <tr className="max-md:flex max-md:flex-col max-md:py-2 max-md:[&>td]:flex max-md:[&>td]:flex-wrap max-md:[&>td]:items-center max-md:[&>td]:justify-between max-md:[&>td]:gap-x-3 md:[&>td]:pr-3 [&>td]:py-1">
        <td className="whitespace-nowrap max-md:font-medium">{name}</td>
        <td>
          <Name>Time</Name>
          <input
            aria-label={`${name}: time`}
            aria-invalid={told !== undefined || undefined}
            aria-describedby={told === undefined ? undefined : id}
            // What cannot be read must not be saved as something else.
            ref={(input) => input?.setCustomValidity(problem === null ? '' : `It ${problem}.`)}
            autoComplete="off"
            placeholder="none"
            value={target.time}
            onFocus={() => setTyping(true)}
            onChange={(event) => onChange({ time: event.target.value })}
            onBlur={() => {
              setTyping(false);
              const ms = lengthIn(target.time);
              if (ms !== null && ms > 0) onChange({ time: lengthText(ms) });
            }}
            className={`${INPUT} h-8 w-28! tabular`}
          />
        </td>
        <td>
          <Name>Counted in</Name>
          <select aria-label={`${name}: counted in`} value={target.counts} onChange={(event) => onChange({ counts: event.target.value === 'calendar' ? 'calendar' : 'business' })} className={`${INPUT} h-8 w-36!`}>
            <option value="business">business hours</option>
            <option value="calendar">calendar hours</option>
          </select>
        </td>
        <td>
          <Name>Warn at %</Name>
          <input aria-label={`${name}: warn at percent`} inputMode="numeric" value={target.warnPercent} onChange={(event) => onChange({ warnPercent: event.target.value })} className={`${INPUT} h-8 w-16! tabular`} />
        </td>
        <td>
          <Name>Pauses in</Name>
          <div className="flex flex-wrap gap-x-3 gap-y-1 whitespace-nowrap">
            {PAUSES.map(([slug, label]) => (
              <label key={slug} className="flex items-center gap-1.5">
                <input
                  type="checkbox"
                  aria-label={`${name}: pauses in ${label}`}
                  checked={target.pausesOn.includes(slug)}
                  onChange={({ target: box }) => onChange({ pausesOn: box.checked ? [...target.pausesOn, slug] : target.pausesOn.filter((one) => one !== slug) })}
                  className="size-4 accent-accent"
                />
                {label}
              </label>
            ))}
          </div>
        </td>
      </tr>
      {told !== undefined && (
        <tr>
          <td colSpan={5} id={id} className="pb-1 text-sm text-danger">
            {name}: {told}
          </td>
        </tr>
      )}
    </>
  );
}

/** A column's name, where there are no columns: the inputs carry theirs for who listens. */
function Name({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className="text-ink-faint md:hidden">
      {children}
    </span>
  );
}
