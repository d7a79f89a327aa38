import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExclusionView, ExplanationView, TicketAssignment } from '#workflows/contract/assignment-view.ts';
import { useRoot } from '../root-data.ts';
import { Time, useNow } from '../ui/time.tsx';
import { dayAndTime } from '../ui/time-words.ts';
import { candidateWords, choiceWords, decisionWords, exclusionWords, timesWords, waitWords } from './assignment-words.ts';
import type { Reader } from './assignment-words.ts';
import { groupName } from './group-name.ts';
import type { KnownNeeds } from './known-needs.server.ts';

type Of<S extends TicketAssignment['state']> = Extract<TicketAssignment, { state: S }>;

/** Why somebody has the ticket, or why nobody does (P25). */
export function Assignment({ assignment, groups }: { assignment: TicketAssignment; groups: KnownNeeds['groups'] }) {
  const { zone, locale } = useRoot();
  const now = useNow(30_000);
  const reader: Reader = { zone, locale, now, group: (key) => groupName(groups, key) };
  if (assignment.state === 'finished') return null;
  return <div className="mb-3 flex flex-col gap-1.5">{assignment.state === 'assigned' ? <Assigned {...assignment} reader={reader} /> : <Waiting {...assignment} reader={reader} />}</div>;
}

function Assigned({ assignee, decision, isPickedUp, pickUpAt, startsAt, reader }: Of<'assigned'> & { reader: Reader }) {
  const isAhead = startsAt !== null && Date.parse(startsAt) > reader.now;
  const explanation = decision?.explanation ?? null;
  return (
    <>
      <h3 className="font-medium">Why assigned to {assignee.name}?</h3>
      {decision && (
        <p className="text-ink-soft">
          {decisionWords(decision)}, <Time at={decision.at} className="text-ink-faint" />.{explanation && ` ${choiceWords(explanation, reader).join(' ')}`}
        </p>
      )}
      {isAhead && <Fact>Their shift starts {dayAndTime(Date.parse(startsAt), reader.now, reader)}.</Fact>}
      {!isPickedUp && pickUpAt !== null && <Fact>To be picked up by {dayAndTime(Date.parse(pickUpAt), reader.now, reader)}, or it is assigned anew.</Fact>}
      {explanation && <Candidates {...explanation} reader={reader} />}
      {explanation && <LeftOut {...explanation} reader={reader} />}
    </>
  );
}

function Waiting({ since, reason, notPickedUp, notPickedUpBy, isEscalated, reader }: Of<'waiting'> & { reader: Reader }) {
  const [last] = notPickedUpBy;
  return (
    <>
      <h3 className="font-medium">Why does nobody have it?</h3>
      <p className="text-ink-soft" suppressHydrationWarning>
        {waitWords(reason, reader).join(' ')} Waiting since {dayAndTime(Date.parse(since), reader.now, reader)}.
      </p>
      {notPickedUp > 0 && (
        <Fact>
          Not picked up {timesWords(notPickedUp)}
          {last && `, last by ${last.name}`}.
        </Fact>
      )}
      {isEscalated && <Fact>Escalated: somebody has been told.</Fact>}
      {reason.why === 'nobody_eligible' && <LeftOut {...reason} isOpen reader={reader} />}
    </>
  );
}

function Fact({ children }: { children: ReactNode }) {
  return (
    <p className="text-ink-soft" suppressHydrationWarning>
      {children}
    </p>
  );
}

/** Who else could have taken it. */
export function Candidates({ candidates, candidateCount, reader }: ExplanationView & { reader: Reader }) {
  if (candidateCount < 2) return null;
  return (
    <Fold title={`${candidateCount} could take it`}>
      {candidates.map((one) => (
        <Line key={one.operator.id} name={one.operator.name}>
          {candidateWords(one, reader)}
        </Line>
      ))}
      <More shown={candidates.length} of={candidateCount} />
    </Fold>
  );
}

/** Who could not, and why. */
export function LeftOut({ excluded, excludedCount, group, isOpen = false, reader }: { excluded: readonly ExclusionView[]; excludedCount: number; group: string | null; isOpen?: boolean; reader: Reader }) {
  if (excludedCount === 0) return null;
  const strangers = excluded.filter(({ why }) => why === 'not_in_group');
  return (
    <Fold title={`${excludedCount} could not`} isOpen={isOpen}>
      {excluded.map((one) =>
        one.why === 'not_in_group' ? null : (
          <Line key={one.operator.id} name={one.operator.name}>
            {exclusionWords(one, reader)}
          </Line>
        ),
      )}
      {strangers.length > 0 && (
        <li>
          <span className="text-ink-faint">Not in {group === null ? 'the group' : reader.group(group)}: </span>
          {strangers.map(({ operator }) => operator.name).join(', ')}
        </li>
      )}
      <More shown={excluded.length} of={excludedCount} />
    </Fold>
  );
}

function Fold({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ReactNode }) {
  return (
    <details className="group" open={isOpen}>
      <summary className="-ml-1 flex min-h-6 list-none items-center gap-1 rounded text-xs text-ink-faint hover:text-ink-soft">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden="true" />
        {title}
      </summary>
      <ul className="mt-1 ml-3.5 flex flex-col gap-0.5 text-xs text-ink-soft">{children}</ul>
    </details>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex justify-between gap-3">
      <span className="min-w-0 truncate">{name}</span>
      <span className="shrink-0 text-ink-faint" suppressHydrationWarning>
        {children}
      </span>
    </li>
  );
}

function More({ shown, of }: { shown: number; of: number }) {
  return shown < of ? <li className="text-ink-faint">and {of - shown} more</li> : null;
}
