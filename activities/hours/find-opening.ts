import { effectivePolicyFor } from '#store/policies.ts';
import { lastClosedReply } from '#store/closed-replies.ts';
import { hoursFor } from '#store/sla-policies.ts';
import { businessTimeBetween, isOpen, nextOpening } from '#workflows/domain/clock.ts';
import type { OpeningAsked } from '#workflows/contract/activity-types.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { isZoneName } from '#workflows/domain/schedule-problems.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/**
 * P38: what to tell a customer who writes while nobody is there, with the next opening in their zone and language where
 * they are known. Null: somebody is there, they were told in this closed period, or the hours never open.
 */
export async function findOpening({ prisma }: ActivityDeps, { teamId, agentId, conversationId, requesterId, at }: OpeningAsked): Promise<{ opensAt: Instant; text: string } | null> {
  const { policy } = await effectivePolicyFor(prisma, teamId, agentId);
  const { schedule } = await hoursFor(prisma, teamId, policy.scheduleId);
  if (isOpen(at, schedule)) return null;
  const opensAt = nextOpening(at, schedule);
  if (opensAt === null) return null;
  const told = await lastClosedReply(prisma, { teamId, conversationId });
  if (told !== null && (told >= at || businessTimeBetween(told, at, schedule) === 0)) return null;
  const requester = await prisma.requester.findFirst({ where: { id: requesterId, teamId }, select: { zone: true, language: true } });
  const zone = requester?.zone != null && isZoneName(requester.zone) ? requester.zone : schedule.zone;
  return { opensAt, text: policy.outOfHoursMessage.replaceAll('{opening}', () => openingWords(opensAt, zone, requester?.language ?? null)) };
}

function openingWords(at: Instant, zone: string, language: string | null): string {
  const [locale = 'en-GB'] = Intl.DateTimeFormat.supportedLocalesOf([language ?? 'en-GB', 'en-GB'].filter(isLanguage));
  const words = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(at);
  return `${words} (${zone})`;
}

/** What a requester's row holds as a language was typed by somebody. */
function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
