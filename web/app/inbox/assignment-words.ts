import type { ExclusionView, ExplanationView, TicketAssignment, WaitReasonView } from '#workflows/contract/assignment-view.ts';
import { dayAndTime } from '../ui/time-words.ts';
import type { Place } from '../ui/time-words.ts';
import { languageName } from './language-name.ts';

type Assigned = Extract<TicketAssignment, { state: 'assigned' }>;
type Decision = NonNullable<Assigned['decision']>;
type Asked = Pick<ExplanationView, 'group' | 'skills' | 'languages'>;

/** What the sentences need to know beside what is told. */
export interface Reader extends Place {
  readonly now: number;
  readonly group: (key: string) => string;
}

/** How somebody came to have it, by whom; without the end of the sentence. */
export function decisionWords({ how, by, explanation }: Decision): string {
  switch (how) {
    case 'automatic':
      if (explanation === null) return 'Assigned automatically';
      return `Assigned ${explanation.how === 'next_shift' ? 'ahead, ' : ''}automatically (${explanation.mode === 'balanced' ? 'balanced' : 'round robin'})`;
    case 'claimed':
      return `${by.name} took it on`;
    case 'taken_over':
      return `${by.name} took the conversation over`;
    case 'at_birth':
      return `Assigned by ${by.name} when the ticket was made`;
    case 'sla':
      return 'Assigned as the SLA policy says';
    case 'by_hand':
      return `Assigned by ${by.name}`;
  }
}

/** Why this one and nobody else, in sentences. */
export function choiceWords(explanation: ExplanationView, reader: Reader): string[] {
  const { how, isRelaxed, candidates, candidateCount } = explanation;
  const [first, second] = candidates;
  const asked = askedWords(explanation, reader);
  return [
    how === 'next_shift' ? 'Nobody who could take it was at work, so it went to whose shift starts next.' : '',
    isRelaxed ? 'It had waited long enough for its skills and language, so they were not asked for.' : '',
    asked === '' ? '' : `It asks for ${asked}.`,
    first === undefined ? '' : candidateCount === 1 || second === undefined ? `Only ${first.operator.name} could take it.` : comparisonWords(explanation, first, second),
  ].filter((sentence) => sentence !== '');
}

type Candidate = ExplanationView['candidates'][number];

function comparisonWords({ mode, how, candidateCount }: ExplanationView, first: Candidate, second: Candidate): string {
  const of = `Of ${candidateCount} who could take it, ${first.operator.name}`;
  if (how === 'next_shift' && first.startsAt !== second.startsAt) return `${of} starts first.`;
  if (mode === 'round_robin') return `${of} had waited longest for their turn.`;
  if (first.load < second.load) return `${of} had the fewest active tickets (${first.load}).`;
  return `${of} had no more active tickets than the others (${first.load}), and was assigned one the longest ago.`;
}

/** What a ticket asked for: "the group Returns, the skill billing, and German"; empty: nothing. */
export function askedWords({ group, skills, languages }: Asked, reader: Reader): string {
  const list = (parts: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
  const parts = [group === null ? '' : `the group ${reader.group(group)}`, skills.length === 0 ? '' : `the skill${skills.length > 1 ? 's' : ''} ${list(skills)}`, list(languages.map(languageName))];
  return list(parts.filter((part) => part !== ''));
}

/** How many active tickets somebody had, and what broke a tie. */
export function candidateWords({ load, startsAt }: Candidate, reader: Reader): string {
  const active = `${load} active`;
  return startsAt === null ? active : `${active}, from ${dayAndTime(Date.parse(startsAt), reader.now, reader)}`;
}

/** What kept somebody from it: "at the cap (5 of 5)". */
export function exclusionWords(exclusion: ExclusionView, reader: Reader): string {
  const at = (iso: string) => dayAndTime(Date.parse(iso), reader.now, reader);
  switch (exclusion.why) {
    case 'lacks_skill':
      return `lacks skill ${exclusion.skill}`;
    case 'lacks_language':
      return `does not speak ${languageName(exclusion.language)}`;
    case 'off': {
      const why = exclusion.reason.why === 'time_off' ? 'time off' : 'outside their shift';
      return exclusion.backAt === null ? `off (${why})` : `off until ${at(exclusion.backAt)} (${why})`;
    }
    case 'away':
      return exclusion.reason.why === 'no_connection' ? 'away (not connected)' : exclusion.reason.why === 'idle' ? 'away (idle)' : 'away';
    case 'busy':
    case 'offline':
      return exclusion.why;
    case 'cap_reached':
      return `at the cap (${exclusion.load} of ${exclusion.cap})`;
    case 'ramp':
      return `just came online, next at ${at(exclusion.until)}`;
    case 'not_picked_up':
      return 'did not pick it up';
    case 'shift_not_next':
      return 'no shift ahead';
    case 'not_in_group':
      return 'not in the group';
  }
}

/** Why nobody has it, in sentences. */
export function waitWords(reason: WaitReasonView, reader: Reader): string[] {
  const at = (iso: string) => dayAndTime(Date.parse(iso), reader.now, reader);
  switch (reason.why) {
    case 'manual':
      return ['Tickets are assigned by hand here.'];
    case 'snoozed':
      return [reason.until === null ? 'It is snoozed until they write.' : `It is snoozed until ${at(reason.until)}.`];
    case 'left_to_people':
      return ['Nobody picked it up, round after round. It is left to you to assign.'];
    case 'about_to_be_assigned':
      return ['Somebody can take it: it is being assigned.'];
    case 'behind_others':
      return ['More pressing and older tickets come first.'];
    case 'nobody_eligible': {
      const asked = askedWords(reason, reader);
      const who = asked === '' ? 'Nobody can take it now.' : `Nobody can take it now; it asks for ${asked}.`;
      if (reason.relaxesAt !== null) return [who, `From ${at(reason.relaxesAt)} on, anybody${reason.group === null ? '' : ' of the group'} may get it.`];
      return reason.isRelaxed ? [who, 'It has waited so long that its skills and language are not asked for any more.'] : [who];
    }
  }
}

/** "once", "twice", "5 times". */
export function timesWords(n: number): string {
  if (n === 1) return 'once';
  return n === 2 ? 'twice' : `${n} times`;
}
