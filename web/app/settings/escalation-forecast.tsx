import type { ReactNode } from 'react';
import type { EscalationForecast } from '#workflows/contract/escalation-forecast.ts';
import { Candidates, LeftOut } from '../inbox/assignment.tsx';
import { choiceWords, waitWords } from '../inbox/assignment-words.ts';
import type { Reader } from '../inbox/assignment-words.ts';
import { priorityLabel } from '../inbox/signs.tsx';
import { timerWords } from '../inbox/timer-words.ts';
import { useRoot } from '../root-data.ts';
import { dayAndTime } from '../ui/time-words.ts';
import { groupName } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';

type Ticket = Extract<EscalationForecast, { outcome: 'ticket' }>;

/** What would come of a hand-over: the ticket, who gets it, what is said, and what is due when. */
export function Forecast({ forecast, names }: { forecast: EscalationForecast; names: PolicyNames }) {
  const { zone, locale } = useRoot();
  const reader: Reader = { zone, locale, now: Date.parse(forecast.at), group: (key) => groupName(names, key) };
  switch (forecast.outcome) {
    case 'refused':
      return <p className="rounded-md bg-danger-soft px-3 py-2 text-danger">Refused: {forecast.detail}</p>;
    case 'flagged':
      return <p className="text-ink-soft">The conversation is marked for people. A ticket is made once somebody takes it over.{closedWords(forecast.opensAt, reader)}</p>;
    case 'ticket':
      return <Foreseen {...forecast} reader={reader} />;
  }
}

function Foreseen({ priority, aiPauses, holdingMessage, opensAt, tellsOpening, assignment, clocks, timers, reader }: Ticket & { reader: Reader }) {
  const due = [...timers.map(({ kind, at }) => ({ what: timerWords(kind), at })), ...clocks.alarms.map(({ kind, clock, at }) => ({ what: timerWords(kind, clock), at }))].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <dl className="grid gap-x-4 gap-y-3 sm:grid-cols-[7rem_1fr]">
      <Fact title="Ticket">
        {priorityLabel(priority)} priority{clocks.policy !== null && `, SLA policy “${clocks.policy}”`}
      </Fact>
      <Fact title="Goes to">
        <Receiver assignment={assignment} reader={reader} />
      </Fact>
      <Fact title="The AI">
        {aiPauses ? 'Stops' : 'Goes on answering until a person steps in'}
        {holdingMessage !== null && <q className="mt-1 block border-l-2 pl-3 text-ink-soft">{holdingMessage}</q>}
      </Fact>
      {opensAt !== null && (
        <Fact title="Hours">
          {closedWords(opensAt, reader)}
          {tellsOpening && ' The customer is told so.'}
        </Fact>
      )}
      <Fact title="By itself">
        {due.length === 0 ? (
          'Nothing: no clock and no timer runs.'
        ) : (
          <ul>
            {due.map(({ what, at }) => (
              <li key={`${what} ${at}`} className="flex flex-wrap justify-between gap-x-4">
                <span>{what}</span>
                <time dateTime={at} className="text-ink-faint tabular" suppressHydrationWarning>
                  {dayAndTime(Date.parse(at), reader.now, reader)}
                </time>
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </dl>
  );
}

function Receiver({ assignment, reader }: { assignment: Ticket['assignment']; reader: Reader }) {
  if (assignment.state === 'waiting') {
    const { reason } = assignment;
    return (
      <>
        Nobody yet. {waitWords(reason, reader).join(' ')}
        {reason.why === 'nobody_eligible' && <LeftOut {...reason} reader={reader} />}
      </>
    );
  }
  const { assignee, explanation, startsAt } = assignment;
  return (
    <>
      <strong className="font-medium">{assignee.name}</strong>
      {startsAt !== null && `, whose shift starts ${dayAndTime(Date.parse(startsAt), reader.now, reader)}`}. {choiceWords(explanation, reader).join(' ')}
      <Candidates {...explanation} reader={reader} />
      <LeftOut {...explanation} reader={reader} />
    </>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="-mb-2 text-ink-faint sm:mb-0">{title}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function closedWords(opensAt: string | null, reader: Reader): string {
  return opensAt === null ? '' : ` Closed at that time, open again ${dayAndTime(Date.parse(opensAt), reader.now, reader)}.`;
}
