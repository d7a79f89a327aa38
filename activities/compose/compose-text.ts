import { setTimeout as pause } from 'node:timers/promises';
import { cancellationDetails, cancellationSignal } from '@temporalio/activity';
import { endCompose, findCompose, lastRead } from '#store/ai-agents/composes.ts';
import type { ComposeRow } from '#store/ai-agents/composes.ts';
import { NO_TEXT } from '#workflows/contract/compose.ts';
import type { ComposeEnding, ComposeProblem } from '#workflows/contract/compose.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { repeats } from '../agents/judge-answer.ts';
import { conversationAsJson, readConversation } from '../llm/conversation-lines.ts';
import type { Llm, LlmStep } from '../llm/llm.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { meteredStream } from '../llm/metered.ts';
import { NO_MODEL, teamLlm } from '../llm/team-llm.ts';
import { storable } from '../storable.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { factsKept } from './facts-kept.ts';
import { composeInstructions, partsOf } from './prompt.ts';

type Deps = Pick<ActivityDeps, 'prisma' | 'now' | 'secretBox' | 'webhooks' | 'llm'>;

/** For all of it, and for the silence between two words. */
const WITHIN_MS = 75_000;
const SILENCE_MS = 25_000;
/** Readers show themselves every few seconds: who has not for so long is gone, and so is their process. */
const UNREAD_MS = 12_000;
const LOOK_EVERY_MS = 1_000;
/** More than is ever written to a customer at once. */
const MOST_CHARACTERS = 20_000;
const MOST_TOKENS = 2_000;
const LONGEST_WAIT_MS = 5_000;
const PROCESS_STOPPED: ComposeEnding = { ...NO_TEXT, state: 'failed', problem: 'failed', detail: 'The process that asked the model stopped. Try again.' };

/** Streams a model's text into rows for whoever reads them, until it is whole, stopped, or nobody reads any more (P48). */
export async function composeText(deps: Deps, { teamId, composeId }: { teamId: string; composeId: string }): Promise<void> {
  const row = await findCompose(deps.prisma, { teamId, id: composeId });
  if (row === null || row.ending !== null) return;
  const gone = new AbortController();
  const looking = setInterval(() => void look(deps, composeId, gone).catch(() => undefined), LOOK_EVERY_MS);
  const late = AbortSignal.timeout(WITHIN_MS);
  const end = (ending: ComposeEnding) => endCompose(deps.prisma, { id: composeId, ending, at: new Date(deps.now()) });
  try {
    await end(await write(deps, row, { gone, signal: AbortSignal.any([cancellationSignal(), gone.signal, late]) }));
  } catch (error) {
    if (gone.signal.aborted || cancellationDetails()?.cancelRequested === true) await end({ ...NO_TEXT, state: 'stopped' });
    // Its worker stops, which nobody wished: what there is of the text must not take the place of a draft.
    else if (cancellationSignal().aborted) await end(PROCESS_STOPPED);
    else if (late.aborted) await end({ ...NO_TEXT, state: 'failed', problem: 'late', detail: `The model was not done within ${WITHIN_MS / 1_000} s.` });
    else if (error instanceof LlmFailure) await end({ ...NO_TEXT, state: 'failed', problem: problemOf(error), detail: error.message, retryAfter: error.retryAfterMs === null ? null : Math.ceil(error.retryAfterMs / 1_000) });
    else throw error;
  } finally {
    clearInterval(looking);
  }
}

async function look({ prisma, now }: Deps, id: string, gone: AbortController): Promise<void> {
  const readAt = await lastRead(prisma, id);
  if (readAt === null || now() - readAt.getTime() > UNREAD_MS) gone.abort();
}

async function write(deps: Deps, { id, teamId, conversationId, wish }: ComposeRow, { gone, signal }: { gone: AbortController; signal: AbortSignal }): Promise<ComposeEnding> {
  const llm = await teamLlm(deps, { teamId, task: wish.task === 'translate' ? 'translate' : 'compose' });
  if (llm === null) throw new LlmFailure(NO_MODEL, { outcome: 'unset', again: false });
  const [conversation, team, seen] = await Promise.all([
    readConversation(deps.prisma, { teamId, conversationId, readsNotes: wish.includeNotes }),
    deps.prisma.team.findUniqueOrThrow({ where: { id: teamId }, select: { name: true } }),
    wish.lastSeenMessage === undefined ? lastMessage(deps, { teamId, conversationId }) : wish.lastSeenMessage,
  ]);
  const { before, source, after } = partsOf(wish);
  // Only who drafts needs to know what was said: what is not shown leads nobody astray.
  const shown = wish.task === 'draft' ? [conversationAsJson(conversation)] : [];
  // What was said, without the instants and ids around it: a number in those is nobody's.
  const said = wish.task === 'draft' ? [conversation.subject, ...conversation.lines.map(({ text }) => text)] : [];
  const instructions = composeInstructions(wish);
  const about = { writer: wish.writer, team: team.name, customer: conversation.requester };
  const input = [...shown, JSON.stringify({ ...about, ...(wish.selection !== undefined && { before, after }), text: source })].join('\n');
  const chunks = new ChunkWriter(deps, id, () => gone.abort());
  try {
    const { text: answer, isCut } = await stream(deps, llm, { teamId, task: wish.task === 'translate' ? 'translate' : 'compose', instructions, input, chunks, signal });
    const text = storable(unfenced(answer).slice(0, MOST_CHARACTERS));
    if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) throw new LlmFailure('The model answered nothing that could be used.', { outcome: 'empty', again: false });
    if (repeats(text, instructions)) throw new LlmFailure('The model repeated its instructions instead of writing.', { outcome: 'instructions', again: false });
    await chunks.close();
    return {
      ...NO_TEXT,
      state: 'done',
      text,
      isCut,
      warnings: factsKept({ task: wish.task, source, result: text, context: [...said, before, after].join('\n'), names: [conversation.requester, wish.writer, team.name] }),
      newerMessage: (await lastMessage(deps, { teamId, conversationId })) !== seen,
    };
  } catch (error) {
    await chunks.close().catch(() => undefined);
    throw error;
  }
}

interface Streaming {
  readonly teamId: string;
  readonly task: 'compose' | 'translate';
  readonly instructions: string;
  readonly input: string;
  readonly chunks: ChunkWriter;
  readonly signal: AbortSignal;
}

/** Asks once more where that may help, and the writer has seen nothing yet. */
async function stream(deps: Deps, llm: Llm, { teamId, task, instructions, input, chunks, signal }: Streaming): Promise<Pick<LlmStep, 'text' | 'isCut'>> {
  for (let times = 1; ; times += 1) {
    const full = new AbortController();
    let told = '';
    try {
      return await meteredStream(
        deps,
        llm,
        { teamId, agentId: null, task },
        {
          model: null,
          messages: [
            { role: 'system', content: instructions },
            { role: 'user', content: input },
          ],
          tools: [],
          maxTokens: MOST_TOKENS,
          timeoutMs: SILENCE_MS,
          signal: AbortSignal.any([signal, full.signal]),
        },
        (piece) => {
          const room = MOST_CHARACTERS - told.length;
          told += piece.slice(0, room);
          if (room > 0) chunks.push(piece.slice(0, room));
          if (piece.length >= room) full.abort();
        },
      );
    } catch (error) {
      if (full.signal.aborted && !signal.aborted) return { text: told, isCut: true };
      if (!(error instanceof LlmFailure) || !error.again || told !== '' || times > 1 || (error.retryAfterMs ?? 0) > LONGEST_WAIT_MS) throw error;
      await pause(error.retryAfterMs ?? 500, undefined, { signal });
    }
  }
}

async function lastMessage({ prisma }: Deps, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<string | null> {
  const row = await prisma.conversation.findFirst({ where: { id: conversationId, teamId }, select: { lastCustomerMessageId: true } });
  return row?.lastCustomerMessageId ?? null;
}

/** Some put a whole answer into fences, or quotes. */
function unfenced(text: string): string {
  const trimmed = text.trim();
  return /^```\w*\n([^]*)\n```$/.exec(trimmed)?.[1]?.trim() ?? trimmed;
}

function problemOf({ outcome }: LlmFailure): ComposeProblem {
  switch (outcome) {
    case 'unset':
      return 'no_model';
    case 'budget':
      return 'budget';
    case 'http_429':
      return 'busy';
    case 'timeout':
      return 'late';
    case 'empty':
    case 'instructions':
    case 'tool':
      return 'unusable';
    default:
      return 'failed';
  }
}

/** P48: a process that died in the middle is said to have: nobody waits for what does not come. */
export async function closeCompose(deps: Deps, { composeId, isStopped }: { teamId: string; composeId: string; isStopped: boolean }): Promise<void> {
  await endCompose(deps.prisma, { id: composeId, ending: isStopped ? { ...NO_TEXT, state: 'stopped' } : PROCESS_STOPPED, at: new Date(deps.now()) });
}
