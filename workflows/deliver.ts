import { patched, sleep, workflowInfo } from '@temporalio/workflow';
import { MINUTE_MS } from './domain/instant.ts';
import { deliverMessage, giveUpDelivery, tellTicket } from './proxies.ts';

export interface DeliverInput {
  readonly teamId: string;
  readonly messageId: string;
  /** The ticket that owes the message; null for an AI message, whose row says everything. */
  readonly report: { readonly ticketId: string } | null;
}

/** P52: a temporary failure is tried for up to a day, with gaps that grow to half an hour. */
const DAY_MS = 24 * 60 * MINUTE_MS;
const GAPS_MS = [5_000, 15_000, 30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS];

/** One outbound message that did not go at the first try, or an AI message from its first try on. */
export async function deliver({ teamId, messageId, report }: DeliverInput): Promise<void> {
  const giveUpAt = workflowInfo().startTime.getTime() + DAY_MS;
  for (let round = 0; ; round += 1) {
    if (report !== null || round > 0) await sleep(GAPS_MS[Math.min(round, GAPS_MS.length - 1)] ?? MINUTE_MS);
    const isLast = Date.now() >= giveUpAt;
    const result = await tryOnce({ teamId, messageId });
    if (result.outcome === 'temporary' && !isLast) continue;
    const outcome = result.outcome === 'temporary' ? 'failed' : result.outcome;
    const detail = result.outcome === 'temporary' ? `Given up after a day: ${result.detail}` : result.detail;
    if (report === null) {
      // What was tried for the last time is on its row; that there will be no other try is not.
      if (result.outcome === 'temporary' && patched('giving-up-is-told-2026-11-22')) await giveUpDelivery({ teamId, messageId, detail });
      return;
    }
    await tellTicket({
      teamId,
      ticketId: report.ticketId,
      message: { id: `report:${messageId}:${workflowInfo().runId}`, fact: { kind: 'delivery_reported', messageId, outcome, detail } },
    });
    return;
  }
}

/** A worker that died mid-try is a temporary failure: the send log settles what may have gone out. */
async function tryOnce(ids: { teamId: string; messageId: string }) {
  try {
    return await deliverMessage(ids);
  } catch {
    return { outcome: 'temporary' as const, detail: 'the sending process stopped' };
  }
}
