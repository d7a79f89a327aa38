import type { Db } from '../client.ts';
import type { Translation } from '../generated/client.ts';
import { idFrom } from './derived-id.ts';
import { announce } from './team-events.ts';

/** What is to be translated, into what, by which model: the same again is the same translation. */
export type TranslationWish = { readonly teamId: string; readonly language: string; readonly model: string; readonly at: Date } & (
  | { readonly messageId: string; readonly conversationId: string; readonly sourceLanguage: string | null }
  | { readonly sourceText: string; readonly sourceLanguage: string | null }
);

export function translationIdOf(wish: Omit<TranslationWish, 'at'> & ({ messageId: string } | { sourceText: string; sourceLanguage: string | null })): string {
  const of = 'messageId' in wish ? ['message', wish.messageId] : ['text', wish.sourceLanguage ?? '', wish.sourceText];
  return idFrom('translation', JSON.stringify([wish.teamId, wish.language, wish.model, ...of]));
}

/**
 * Owes a translation: the row is there before anybody is asked. What is there already stays as it is, but that `again` has
 * a failed one tried anew.
 */
export async function askTranslation(db: Db, wish: TranslationWish, { again }: { again: boolean }): Promise<Translation> {
  const { teamId, language, model, at, sourceLanguage } = wish;
  const id = translationIdOf(wish);
  const source = 'messageId' in wish ? { messageId: wish.messageId, conversationId: wish.conversationId } : { sourceText: wish.sourceText };
  await db.translation.createMany({ data: [{ id, teamId, language, model, askedAt: at, sourceLanguage, ...source }], skipDuplicates: true });
  if (again) await db.translation.updateMany({ where: { id, teamId, state: 'failed' }, data: { state: 'pending', reason: null, askedAt: at, doneAt: null } });
  return db.translation.findUniqueOrThrow({ where: { id } });
}

export async function findTranslation(db: Db, { teamId, translationId }: { teamId: string; translationId: string }): Promise<Translation | null> {
  return db.translation.findFirst({ where: { id: translationId, teamId } });
}

/** What there is of these messages in a language, by this model. */
export async function translationsOf(
  db: Db,
  { teamId, messageIds, language, model }: { teamId: string; messageIds: readonly string[]; language: string; model: string },
): Promise<Translation[]> {
  if (messageIds.length === 0) return [];
  return db.translation.findMany({ where: { teamId, messageId: { in: [...messageIds] }, language, model } });
}

/** Writes down what came of it, once, and has the pages told that show the message. */
export async function settleTranslation(
  db: Db,
  { teamId, translationId, at, ...outcome }: { teamId: string; translationId: string; at: Date } & ({ text: string; sourceLanguage: string | null } | { reason: string }),
): Promise<void> {
  const settled = 'text' in outcome ? { state: 'done', text: outcome.text, sourceLanguage: outcome.sourceLanguage } : { state: 'failed', reason: outcome.reason };
  const { count } = await db.translation.updateMany({ where: { id: translationId, teamId, state: 'pending' }, data: { ...settled, doneAt: at } });
  if (count === 0) return;
  const { conversationId } = await db.translation.findUniqueOrThrow({ where: { id: translationId }, select: { conversationId: true } });
  if (conversationId !== null) await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
}

/** Translations of messages that a process which died has asked for and not begun. */
export async function translationsLeft(db: Db, { teamId, before, limit }: { teamId: string; before: Date; limit: number }): Promise<{ translationId: string; askedAt: number }[]> {
  const rows = await db.translation.findMany({ where: { teamId, state: 'pending', messageId: { not: null }, askedAt: { lt: before } }, orderBy: { askedAt: 'asc' }, take: limit, select: { id: true, askedAt: true } });
  return rows.map(({ id, askedAt }) => ({ translationId: id, askedAt: askedAt.getTime() }));
}

/** What somebody was about to send: it was sent, or left. */
export async function forgetOldTexts(db: Db, { teamId, before }: { teamId: string; before: Date }): Promise<void> {
  await db.translation.deleteMany({ where: { teamId, messageId: null, askedAt: { lt: before } } });
}
