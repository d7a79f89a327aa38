import type { Db } from '#prisma/client.ts';
import type { Translation } from '#prisma/generated/client.ts';
import { translationsOf } from '#prisma/store/translations.ts';
import { TRANSLATION_STATES } from '#workflows/contract/translation.ts';
import type { TranslationView } from '#workflows/contract/translation.ts';
import { languagesOf, primaryLanguage, readingLanguage, speaks } from '#workflows/domain/language.ts';
import { modelNameFor, NO_MODEL } from '../model/model-name.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { isTranslated } from '../translation/translator.ts';

export function toTranslationView({ language, state, text, reason, model }: Pick<Translation, 'language' | 'state' | 'text' | 'reason' | 'model'>): TranslationView {
  return { language, state: TRANSLATION_STATES.find((one) => one === state) ?? 'none', text, reason, model };
}

/** What people of the team wrote they wrote themselves, with its source where that is something else (P47). */
const TRANSLATED_AUTHORS: readonly string[] = ['customer', 'agent'];
const isTranslatedAuthor = (author: string) => TRANSLATED_AUTHORS.includes(author);

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly author: string;
  readonly language: string | null;
}

export type TranslationFor = (message: Shown) => TranslationView | null;
const NOTHING: TranslationFor = () => null;

/**
 * What messages of a conversation say in a language: of the customer's and the AI's, where the reader does not read theirs. A
 * language that a customer's message does not tell is taken for the requester's. One small query where everybody reads everything.
 */
export async function translationsFor(
  deps: Pick<TicketDeps, 'prisma' | 'llmModel'>,
  principal: Principal,
  { conversationId, messages, to: asked }: { conversationId: string; messages: readonly Shown[]; to: string },
): Promise<TranslationFor> {
  const to = readingLanguage(asked);
  const { prisma } = deps;
  const { teamId } = principal;
  const reader = await readerOf(prisma, principal, conversationId);
  if (reader === null) return NOTHING;
  const isForeign = ({ kind, author, language }: Shown) => {
    const written = language ?? (author === 'customer' ? reader.requesterLanguage : null);
    return kind === 'message' && isTranslatedAuthor(author) && written !== null && primaryLanguage(written) !== primaryLanguage(to) && !speaks(reader.reads, written);
  };
  const foreign = messages.filter(isForeign).map(({ id }) => id);
  if (foreign.length === 0) return NOTHING;
  const model = await modelNameFor(deps, { teamId, task: 'translate' });
  const [isOn, found] = await Promise.all([
    isTranslated(deps, { teamId, agentId: reader.agentId }),
    model === null ? [] : translationsOf(prisma, { teamId, messageIds: foreign, language: to, model }),
  ]);
  if (!isOn) return NOTHING;
  return ({ id }) => {
    if (!foreign.includes(id)) return null;
    const row = found.find(({ messageId }) => messageId === id);
    return row === undefined ? { language: to, state: 'none', text: null, reason: model === null ? NO_MODEL : null, model } : toTranslationView(row);
  };
}

interface Reader {
  readonly agentId: string | null;
  readonly requesterLanguage: string | null;
  /** What the person who asks reads; a key says by `translate` what its reader wants. */
  readonly reads: readonly string[];
}

async function readerOf(db: Db, principal: Principal, conversationId: string): Promise<Reader | null> {
  const operatorId = principal.kind === 'operator' ? principal.operatorId : null;
  const rows = await db.$queryRaw<{ agent_id: string | null; language: string | null; languages: string[] | null; locale: string | null }[]>`
    SELECT c.agent_id, rq.language, op.languages, op.locale FROM conversations c
    LEFT JOIN requesters rq ON rq.id = c.requester_id
    LEFT JOIN operators op ON op.id = ${operatorId} AND op.team_id = c.team_id
    WHERE c.id = ${conversationId} AND c.team_id = ${principal.teamId}`;
  const row = rows[0];
  if (row === undefined) return null;
  const { agent_id: agentId, language: requesterLanguage, languages, locale } = row;
  return { agentId, requesterLanguage, reads: languages === null || locale === null ? [] : languagesOf({ languages, locale }) };
}
