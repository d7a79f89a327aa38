import type { Priority } from '../priority.ts';
import type { Scribe } from '../scribe.ts';
import type { Needs } from '../ticket-event.ts';
import { outdateOffers } from './moves.ts';
import { setRouting } from './routing.ts';

// What a ticket asks of the team: how soon, and of whom.

export function changePriority(scribe: Scribe, to: Priority): void {
  const { priority } = scribe.state;
  if (to === priority) return;
  scribe.record({ kind: 'priority_changed', from: priority, to });
  scribe.set({ priority: to });
}

/** What is left out stays. A choice that the router made by the old needs no longer counts. */
export function changeNeeds(scribe: Scribe, { skills, group, language }: Partial<Needs>): void {
  const { state } = scribe;
  const wanted = { skills: skills ?? state.skills, group: group === undefined ? state.group : group, language: language === undefined ? state.routing.language : language };
  if (wanted.group === state.group && wanted.language === state.routing.language && areSame(wanted.skills, state.skills)) return;
  scribe.record({ kind: 'needs_changed', ...wanted });
  scribe.set({ skills: wanted.skills, group: wanted.group });
  setRouting(scribe, { language: wanted.language });
  outdateOffers(scribe);
}

export function areSame(skills: readonly string[], others: readonly string[]): boolean {
  return [...skills].sort().join() === [...others].sort().join();
}
