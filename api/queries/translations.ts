import type { Db } from '#prisma/client.ts';
import type { Translation } from '#prisma/generated/client.ts';
import { translationsOf } from '#prisma/store/translations.ts';
import { TRANSLATION_STATES } from '#workflows/contract/translation.ts';
import type { TranslationView } from '#workflows/contract/translation.ts';
import { languagesOf, primaryLanguage, speaks } from '#workflows/domain/language.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { isTranslated, modelFor, NO_MODEL } from '../translation/translator.ts';

export function toTranslationView({ language, state, text, reason, model }: Pick<Translation, 'language' | 'state' | 'text' | 'reason' | 'model'>): TranslationView {
  return { language, state: TRANSLATION_STATES.find((one) => one === state) ?? 'none', text, reason, model };
}

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  readonly language: string | null;
}

export type TranslationFor = (message: Shown) => TranslationView | null;
const NOTHING: TranslationFor = () => null;

/**
 * What messages of a conversation say in a language: of the customer's, where the reader does not read theirs. A language
 * that a message does not tell is taken for the requester's. Four small queries for a whole page, none for one by one.
 */
export async function translationsFor(
  deps: Pick<TicketDeps, 'prisma' | 'llmModel'>,
  principal: Principal,
  { conversationId, messages, to }: { conversationId: string; messages: readonly Shown[]; to: string },
): Promise<TranslationFor> {
  const { prisma } = deps;
  const { teamId } = principal;
  const [conversation, reads] = await Promise.all([
    prisma.conversation.findFirst({ where: { id: conversationId, teamId }, select: { agentId: true, requesterId: true } }),
    readsOf(prisma, principal),
  ]);
  if (conversation === null || !(await isTranslated(deps, { teamId, agentId: conversation.agentId }))) return NOTHING;
  const requester = await prisma.requester.findFirst({ where: { id: conversation.requesterId, teamId }, select: { language: true } });
  const isForeign = ({ kind, author, language }: Shown) => {
    const written = language ?? requester?.language ?? null;
    return kind === 'message' && author === 'customer' && written !== null && primaryLanguage(written) !== primaryLanguage(to) && !speaks(reads, written);
  };
  const foreign = messages.filter(isForeign).map(({ id }) => id);
  if (foreign.length === 0) return NOTHING;
  const model = modelFor(deps);
  const found = model === null ? [] : await translationsOf(prisma, { teamId, messageIds: foreign, language: to, model });
  return ({ id }) => {
    if (!foreign.includes(id)) return null;
    const row = found.find(({ messageId }) => messageId === id);
    return row === undefined ? { language: to, state: 'none', text: null, reason: model === null ? NO_MODEL : null, model } : toTranslationView(row);
  };
}

/** What the person who asks reads; a key says by `translate` what its reader wants. */
async function readsOf(db: Db, principal: Principal): Promise<readonly string[]> {
  if (principal.kind !== 'operator') return [];
  const row = await db.operator.findFirst({ where: { id: principal.operatorId, teamId: principal.teamId }, select: { languages: true, locale: true } });
  return row === null ? [] : languagesOf(row);
}
