import { z } from 'zod';
import { actorNames } from '#prisma/store/actor-names.ts';
import type { Db } from '#prisma/client.ts';
import type { ExclusionView, ExplanationView, WaitReasonView } from '#workflows/contract/assignment-view.ts';
import type { Exclusion, Explanation } from '#workflows/domain/routing-reason.ts';
import { reasonView } from '../people/presence.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import type { WhyWaiting } from './why-waiting.ts';

export type NamePerson = (operatorId: string) => { id: string; name: string };

/** The names as they are now of everybody who is in these lists; who is gone keeps the id. */
export async function namesOf(db: Db, teamId: string, ids: readonly string[]): Promise<NamePerson> {
  const nameOf = await actorNames(db, teamId, ids.map((id) => ({ kind: 'operator', id })));
  return (id) => ({ id, name: nameOf({ kind: 'operator', id }).name });
}

// The timeline holds what `route` wrote: checked for its kind, trusted for the rest.
const storedExplanation = z.custom<Explanation>(
  (value) => z.object({ mode: z.string(), how: z.string(), candidates: z.array(z.object({ operatorId: z.string() })), excluded: z.array(z.object({ operatorId: z.string(), why: z.string() })) }).safeParse(value).success,
);
const storedChoice = z.object({ explanation: storedExplanation });

/** What the router recorded with an assignment; null where it was not the router, or what it recorded cannot be read. */
export function explanationIn(routing: unknown): Explanation | null {
  const parsed = storedChoice.safeParse(routing);
  return parsed.success ? parsed.data.explanation : null;
}

export function peopleIn({ candidates = [], excluded }: { candidates?: readonly { operatorId: string }[]; excluded: readonly { operatorId: string }[] }): string[] {
  return [...candidates, ...excluded].map(({ operatorId }) => operatorId);
}

export function explanationView({ candidates, excluded, skills, languages, ...rest }: Explanation, person: NamePerson): ExplanationView {
  return {
    ...rest,
    skills: [...skills],
    languages: [...languages],
    candidates: candidates.map(({ operatorId, load, lastAt, startsAt }) => ({ operator: person(operatorId), load, lastAt: isoOrNull(lastAt), startsAt: isoOrNull(startsAt) })),
    excluded: excluded.map((one) => exclusionView(one, person)),
  };
}

export function waitReasonView(why: WhyWaiting, person: NamePerson): WaitReasonView {
  if (why.why === 'snoozed') return { why: why.why, until: isoOrNull(why.until) };
  if (why.why !== 'nobody_eligible') return { why: why.why };
  const { skills, languages, relaxesAt, excluded, ...rest } = why;
  return { ...rest, skills: [...skills], languages: [...languages], relaxesAt: isoOrNull(relaxesAt), excluded: excluded.map((one) => exclusionView(one, person)) };
}

function exclusionView(exclusion: Exclusion, person: NamePerson): ExclusionView {
  const operator = person(exclusion.operatorId);
  switch (exclusion.why) {
    case 'lacks_skill':
      return { operator, why: exclusion.why, skill: exclusion.skill };
    case 'lacks_language':
      return { operator, why: exclusion.why, language: exclusion.language };
    case 'off':
      return { operator, why: exclusion.why, reason: reasonView(exclusion.reason), backAt: isoOrNull(exclusion.backAt) };
    case 'away':
      return { operator, why: exclusion.why, reason: reasonView(exclusion.reason) };
    case 'cap_reached':
      return { operator, why: exclusion.why, load: exclusion.load, cap: exclusion.cap };
    case 'ramp':
      return { operator, why: exclusion.why, until: iso(exclusion.until) };
    case 'not_in_group':
    case 'busy':
    case 'offline':
    case 'not_picked_up':
    case 'shift_not_next':
      return { operator, why: exclusion.why };
  }
}
