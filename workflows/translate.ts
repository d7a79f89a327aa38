import { proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { TranslationActivities, TranslationAsked, Tried } from './contract/activity-types.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';
import { nextTryInMs } from './domain/turn-wait.ts';
import { giveUpTranslation } from './proxies.ts';

/**
 * One text in another language, once for everybody who wants to read it: started by whoever asks, however many. The words
 * are rows; where none come of it, the reason is.
 */
export async function translate({ teamId, translationId, isAwaited }: TranslationAsked): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    const tried = await attempt({ teamId, translationId });
    if (tried.kind === 'done') return;
    const gapMs = tried.again && !isAwaited ? nextTryInMs(failures, tried.retryAfterMs) : null;
    if (gapMs === null) return giveUpTranslation({ teamId, translationId, reason: tried.reason });
    await sleep(gapMs);
  }
}

/**
 * Where models are asked. Two calls at most, each with its own time: an answer that lost something is asked for once more. A
 * worker that was killed is noticed when the beats stop, and the text is asked for again; seldom, because a try that lasts to
 * its end holds a place of the agents' queue.
 */
async function attempt(of: { teamId: string; translationId: string }): Promise<Tried> {
  const { translateText } = proxyActivities<TranslationActivities>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '110 s',
    heartbeatTimeout: '10 s',
    retry: { initialInterval: '500 ms', maximumInterval: '10 s', maximumAttempts: 3 },
    priority: { fairnessKey: of.teamId },
  });
  try {
    return await translateText(of);
  } catch {
    return { kind: 'failed', reason: 'The process that asked the model stopped several times.', again: false, retryAfterMs: null };
  }
}
