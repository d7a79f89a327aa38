import { askTranslation } from '#store/translations.ts';
import { awaitTranslation, startTranslation } from '#switchboard/translations.ts';
import { aModel, failing, type ModelManner, saying } from '#tests/support/a-model.ts';
import { aDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { translateWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aPlace, say } from '../workflows/a-life.ts';

/** A customer's message, or with somebody who looks on a reply, in another language, by a model that answers like this. */
async function translated(isAwaited: boolean, ...manners: ModelManner[]): Promise<readonly string[]> {
  const model = await aModel();
  const desk = await aDesk({ llm: model.llm });
  const place = await aPlace(desk);
  const { teamId, conversationId } = place;
  model.follows(...manners);
  const { messageId } = await say(desk, place, 'Bonjour, où est ma commande ?');
  const wish = { teamId, language: 'en', model: 'scripted', at: new Date(), sourceLanguage: 'fr' };
  const row = await askTranslation(desk.prisma, isAwaited ? { ...wish, sourceText: 'Demain.' } : { ...wish, messageId, conversationId }, { again: false });
  const asked = { teamId, translationId: row.id, askedAt: row.askedAt.getTime(), isAwaited };
  const workflowId = translateWorkflowId(asked);
  if (isAwaited) await awaitTranslation(desk.deps, asked, { withinMs: 30_000 });
  else await startTranslation(desk.deps, asked);
  await waitFor(async () => (await desk.deps.client.workflow.getHandle(workflowId).describe()).status.name === 'COMPLETED', 'it has ended');
  await desk.close();
  await model.close();
  return [workflowId];
}

export const translatedAtTheSecondTry = () => translated(false, failing(503), saying('Hello, where is my order?'));
export const neverTranslated = () => translated(false, failing(401));
export const replyNotTranslated = () => translated(true, failing(503));
