import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeline } from '#api/queries/timeline.ts';
import { changeOperator } from '#api/people/operators.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { changeTeam } from '#api/team/team.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { withdrawReply } from '#api/tickets/withdraw-reply.ts';
import { translateMessage } from '#api/translation/translate-message.ts';
import { translateText } from '#api/translation/translate-text.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { aKey, aTeam, type TicketWorld } from '#tests/api/ticket-world.ts';
import { type AModel, failing, held, type ModelManner, saying, sendingBytes } from '#tests/support/a-model.ts';
import { limitsOf } from '#tests/support/no-limits.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { aModelWorld } from './a-model-world.ts';

let world: TicketWorld;
let model: AModel;
beforeAll(async () => {
  ({ world, model } = await aModelWorld());
}, 120_000);
afterAll(() => world.close(), 60_000);

const FRENCH = 'Bonjour, la commande AB-1234 est arrivée cassée : https://shop.example/o/1\n> On Monday we wrote\n\n-- \nCarla';
const ENGLISH = saying('Hello, the order ⟦1⟧ arrived broken: ⟦2⟧\n⟦3⟧');

/** Ada of a team of her own, and a customer of hers who wrote French by mail. */
async function aFrenchTicket(text = FRENCH) {
  const team = await aTeam(world);
  const made = value(await createTicket(world.deps, team.admin, { subject: 'Commande', text, requester: { email: 'carla@customer.example' } }, aKey()));
  const messagesOf = async (who: Principal = team.admin) => value(await timeline(world.deps, who, made.id, { translate: 'en' })).items.flatMap(({ message }) => message ?? []);
  const [first] = await messagesOf();
  if (first === undefined) throw new Error('nobody wrote');
  const asks = async ({ who = team.admin, ...more }: { who?: Principal; to?: string; again?: boolean } = {}) =>
    translateMessage(world.deps, who, { conversationId: made.conversationId, messageId: first.id }, { to: 'en', ...more });
  const shown = async (state: string, who?: Principal) =>
    waitFor(async () => {
      const [message] = await messagesOf(who);
      return message?.translation?.state === state && message.translation;
    }, `the translation is ${state}`);
  return { ...team, made, message: first, messagesOf, asks, shown };
}

const said = (index: number) => model.requests[index]?.messages.map(({ role, content }) => ({ role, content })) ?? [];
const calls = (teamId: string) => world.desk.prisma.llmCall.findMany({ where: { teamId, task: 'translate' }, orderBy: { id: 'asc' }, select: { outcome: true, model: true } });

describe('a customer’s message in another language', () => {
  it('is translated once for the whole team, however many open it at once, and the original stays', async () => {
    const { id, made, asks, shown, messagesOf, message, person } = await aFrenchTicket();
    const noah = await person('Noah');
    expect(made.requesterDetail).toMatchObject({ language: 'fr', languageSource: 'detected' });
    expect(message).toMatchObject({ language: 'fr', text: FRENCH, translation: { state: 'none', text: null, reason: null, model: 'scripted' } });
    const wait = held(ENGLISH);
    model.follows(wait.manner);
    expect(value(await asks())).toMatchObject({ state: 'pending', language: 'en' });
    await Promise.all([asks(), asks({ who: noah }), asks({ again: true }), asks({ to: 'en-GB' })]);
    await model.gets(1);
    expect((await messagesOf(noah))[0]?.translation?.state).toBe('pending');
    wait.release();
    const text = 'Hello, the order AB-1234 arrived broken: https://shop.example/o/1\n> On Monday we wrote\n\n-- \nCarla';
    expect(await shown('done', noah)).toEqual({ language: 'en', state: 'done', text, reason: null, model: 'scripted' });
    expect(value(await asks({ again: true })).state).toBe('done');
    expect(await calls(id)).toEqual([{ outcome: 'ok', model: 'scripted' }]);
    // Nothing of what stays is told to anybody, nor are tools offered.
    expect(said(0)[1]).toEqual({ role: 'user', content: 'Bonjour, la commande ⟦1⟧ est arrivée cassée : ⟦2⟧\n⟦3⟧' });
    expect(model.requests[0]?.tools).toBeUndefined();
    expect((await messagesOf())[0]?.text).toBe(FRENCH);
  });

  it('is shown as it is to whoever reads it, to nobody of ours, and where translation is off', async () => {
    const { made, admin, messagesOf, person, asks } = await aFrenchTicket();
    const zoe = await person('Zoe');
    await world.desk.prisma.operator.update({ where: { id: zoe.operatorId }, data: { languages: ['fr-CA'] } });
    expect((await messagesOf(zoe))[0]?.translation).toBeNull();
    value(await note(world.deps, admin, made.id, { text: 'Une note pour nous autres, rien que pour nous.' }, aKey()));
    expect((await messagesOf()).map(({ translation }) => translation?.state ?? null)).toEqual(['none', null]);
    value(await changeOperator(world.deps, zoe, zoe.operatorId, { locale: 'de-at' }));
    expect((await world.desk.prisma.operator.findUniqueOrThrow({ where: { id: zoe.operatorId } })).locale).toBe('de-AT');
    const { version } = value(await policy(world.deps, admin, 'team'));
    value(await putPolicy(world.deps, admin, 'team', { overrides: { translation: false } }, version));
    expect((await messagesOf())[0]?.translation).toBeNull();
    expect(codeOf(await asks())).toBe('translation_off');
    expect(codeOf(await translateText(world.deps, admin, made.id, { text: 'Where is it, please?', to: 'fr' }))).toBe('translation_off');
  });

  it('is asked for once more, with what was wrong, where the model lost or made up something', async () => {
    const { asks, shown } = await aFrenchTicket();
    model.follows(saying('Hello, the order ⟦1⟧ ⟦1⟧ arrived broken ⟦9⟧'), ENGLISH);
    await asks();
    expect((await shown('done')).text).toContain('AB-1234');
    expect(said(1).slice(2)).toMatchObject([{ role: 'assistant' }, { role: 'user', content: expect.stringMatching(/left out ⟦2⟧ ⟦3⟧, repeated ⟦1⟧, made up ⟦9⟧/) }]);
  });

  const INSTRUCTIONS: ModelManner = (response, request) => saying(request.messages[0]?.content ?? '')(response, request);
  it.each<[string, ModelManner, RegExp, string[]]>([
    ['loses a token twice', saying('Hello, the order has arrived.'), /lost or changed/, ['ok', 'ok']],
    ['answers nothing', saying('  '), /answered nothing/, ['ok']],
    ['answers a megabyte', saying('⟦1⟧ '.repeat(250_000)), /1000000 characters|999999 characters/, ['ok']],
    ['recites its instructions', INSTRUCTIONS, /instructions|lost or changed/, ['ok']],
    ['answers data', saying('{"translation":"Hello ⟦1⟧ ⟦2⟧ ⟦3⟧"}'), /data instead of a text/, ['ok']],
    ['answers in the wrong language', saying('Guten Tag, die Bestellung ⟦1⟧ ist leider kaputt angekommen, bitte helfen Sie mir: ⟦2⟧\n⟦3⟧'), /another language \(de\)/, ['ok']],
    ['has no such key', failing(401), /answered 401/, ['http_401']],
    ['answers a page', sendingBytes('<html>'), /JSON|no chat completion/, ['malformed', 'malformed', 'malformed']],
  ])('is shown as it is, with the reason, where the model %s', async (_what, manner, reason, outcomes) => {
    const { id, asks, shown } = await aFrenchTicket();
    model.follows(manner);
    await asks();
    const failed = await shown('failed');
    expect(failed).toMatchObject({ text: null, reason: expect.stringMatching(reason) });
    expect((await calls(id)).map(({ outcome }) => outcome)).toEqual(outcomes);
    // It stays so until somebody asks again.
    expect(value(await asks()).state).toBe('failed');
    model.follows(ENGLISH);
    expect(value(await asks({ again: true })).state).toBe('pending');
    expect((await shown('done')).reason).toBeNull();
  });

  it('costs nothing past the team’s budget, and says so', async () => {
    const { id, admin, asks, shown } = await aFrenchTicket();
    value(await changeTeam(world.deps, admin, { monthlyTokens: 0 }));
    await asks();
    expect((await shown('failed')).reason).toMatch(/budget/);
    expect(await calls(id)).toEqual([]);
  });

  it('is found by the sweeper where the process died that was asked', async () => {
    const { id, asks, shown } = await aFrenchTicket();
    model.follows(ENGLISH);
    const dying = { ...world.deps, failpoint: () => { throw new Error('killed'); } };
    const { made, message, admin } = await aFrenchTicket();
    await expect(translateMessage(dying, admin, { conversationId: made.conversationId, messageId: message.id }, { to: 'en' })).rejects.toThrow('killed');
    await world.desk.prisma.translation.updateMany({ where: { messageId: message.id }, data: { askedAt: new Date(Date.now() - 60_000) } });
    await startSweeper(world.deps, admin.teamId);
    await waitFor(async () => (await world.desk.prisma.translation.findFirst({ where: { messageId: message.id } }))?.state === 'done', 'it was picked up');
    await asks();
    await shown('done');
    expect(await calls(id)).toHaveLength(1);
  });

  it('is promised in time while Temporal says nothing', async () => {
    const { made, message, admin } = await aFrenchTicket();
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const client = connectTemporal({ address: `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, namespace: 'default' });
    const away = { ...world.deps, client, answerWithinMs: 500 };
    expect(value(await translateMessage(away, admin, { conversationId: made.conversationId, messageId: message.id }, { to: 'en' })).state).toBe('pending');
    expect(codeOf(await translateText(away, admin, made.id, { text: 'Where is it, please?', to: 'fr' }))).toBe('translation_failed');
    for (const socket of sockets) socket.destroy();
    silent.close();
    await client.connection.close();
  });

  it.each<[string, string]>([
    ['no language', 'not a tag'],
    ['a language that nobody knows', 'xq'],
    ['the language it has', 'fr-CA'],
  ])('is refused for %s', async (_what, to) => {
    const { asks } = await aFrenchTicket();
    expect(await asks({ to })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.to' }] });
  });

  it('is another team’s affair', async () => {
    const { made, message } = await aFrenchTicket();
    const { admin } = await aTeam(world);
    expect(codeOf(await translateMessage(world.deps, admin, { conversationId: made.conversationId, messageId: message.id }, { to: 'en' }))).toBe('not_found');
  });
});

describe('a reply in another language', () => {
  const back = saying('Bonjour, nous vous envoyons une nouvelle lampe le ⟦1⟧.');
  const TEXT = 'Hello, we are sending you a new lamp on 2026-12-01.';
  const SENT = 'Bonjour, nous vous envoyons une nouvelle lampe le 2026-12-01.';
  const lastOf = async (ticket: TicketView, who: Principal) => value(await timeline(world.deps, who, ticket.id)).items.flatMap(({ message }) => message ?? []).at(-1);

  it('is previewed, sent as it was made or changed, and both texts stand in the timeline', async () => {
    const { id, made, admin } = await aFrenchTicket();
    model.follows(back);
    const preview = value(await translateText(world.deps, admin, made.id, { text: TEXT, to: 'fr' }));
    expect(preview).toEqual({ text: SENT, language: 'fr', sourceLanguage: 'en', model: 'scripted' });
    // Looked at twice, it is asked for once.
    expect(value(await translateText(world.deps, admin, made.id, { text: TEXT, to: 'fr' }))).toEqual(preview);
    expect(await calls(id)).toHaveLength(1);
    const translation = { sourceText: TEXT, sourceLanguage: 'en', language: 'fr' };
    const key = aKey();
    for (let times = 0; times < 2; times += 1) value(await reply(world.deps, admin, made.id, { text: SENT, translation, lastSeenMessage: made.lastCustomerMessage }, key));
    expect(await lastOf(made, admin)).toMatchObject({ text: SENT, language: 'fr', source: { text: TEXT, language: 'en', model: 'scripted', isEdited: false } });
    value(await reply(world.deps, admin, made.id, { text: `${SENT} Merci !`, translation }, aKey()));
    expect(await lastOf(made, admin)).toMatchObject({ source: { model: 'scripted', isEdited: true } });
    value(await reply(world.deps, admin, made.id, { text: 'Tout autre chose.', translation: { ...translation, sourceText: 'Something else.' } }, aKey()));
    expect(await lastOf(made, admin)).toMatchObject({ source: { model: null, isEdited: false } });
  });

  it('is translated on its way, and can be undone', async () => {
    const { made, admin } = await aFrenchTicket();
    model.follows(back);
    const { message } = value(await reply(world.deps, admin, made.id, { text: TEXT, translateTo: 'fr', holdMs: 60_000 }, aKey()));
    expect(message).toMatchObject({ text: SENT, source: { text: TEXT, isEdited: false } });
    value(await withdrawReply(world.deps, admin, made.id, message.id, aKey()));
    expect((await lastOf(made, admin))?.delivery).toBe('cancelled');
  });

  it('is held and never sent untranslated where the model fails, and goes out under the same key once it answers', async () => {
    const { made, admin } = await aFrenchTicket();
    model.follows(failing(500));
    const key = aKey();
    const before = await lastOf(made, admin);
    expect(await reply(world.deps, admin, made.id, { text: TEXT, translateTo: 'fr' }, key)).toMatchObject({ code: 'translation_failed', detail: expect.stringMatching(/answered 500.*Nothing was sent/) });
    expect(await lastOf(made, admin)).toEqual(before);
    expect(codeOf(await translateText(world.deps, admin, made.id, { text: TEXT, to: 'fr' }))).toBe('translation_failed');
    model.follows(back);
    expect(value(await reply(world.deps, admin, made.id, { text: TEXT, translateTo: 'fr' }, key)).message.text).toBe(SENT);
    const ours = () => world.desk.prisma.message.findMany({ where: { conversationId: made.conversationId, author: 'operator' }, select: { text: true, delivery: true } });
    await waitFor(async () => (await ours())[0]?.delivery === 'sent', 'the mail has left');
    expect(await ours()).toEqual([{ text: SENT, delivery: 'sent' }]);
  });

  it('is one text and one paid call however its language is spelled', async () => {
    const { id, made, admin } = await aFrenchTicket();
    model.follows(back, saying('nothing more is asked for'));
    for (const to of ['fr', 'FR', 'fr-FR', 'fr-ca', 'fr-x-anything']) {
      expect(value(await translateText(world.deps, admin, made.id, { text: TEXT, to, from: 'en-GB' }))).toMatchObject({ text: SENT, language: 'fr', sourceLanguage: 'en' });
    }
    expect(await calls(id)).toHaveLength(1);
    expect(await world.desk.prisma.translation.count({ where: { teamId: id, messageId: null } })).toBe(1);
    const translation = { sourceText: TEXT, sourceLanguage: 'EN', language: 'fr-FR' };
    value(await reply(world.deps, admin, made.id, { text: SENT, translation, lastSeenMessage: made.lastCustomerMessage }, aKey()));
    expect(await lastOf(made, admin)).toMatchObject({ source: { model: 'scripted', isEdited: false } });
  });

  it('cannot be asked for without end by one person: what is there stays, others go on, and nothing is sent', async () => {
    const { made, admin, person, asks, message } = await aFrenchTicket();
    const mia = await person('Mia');
    const deps = { ...world.deps, limits: limitsOf(world.desk.prisma, { translationsPerMinute: 2 }) };
    const asking = (who: Principal, text: string) => translateText(deps, who, made.id, { text, to: 'fr' });
    model.follows(back, back, back);
    value(await asking(mia, TEXT));
    value(await asking(mia, `${TEXT} Yours, Mia`));
    const before = await lastOf(made, admin);
    expect(await asking(mia, `${TEXT} Yours, M.`)).toMatchObject({ code: 'rate_limited', detail: expect.stringContaining('More than 2 translations in a minute'), retryAfter: expect.any(Number) });
    expect(codeOf(await reply(deps, mia, made.id, { text: `${TEXT} Yours, M.`, translateTo: 'fr' }, aKey()))).toBe('rate_limited');
    expect(codeOf(await translateMessage(deps, mia, { conversationId: made.conversationId, messageId: message.id }, { to: 'en' }))).toBe('rate_limited');
    expect(await lastOf(made, admin)).toEqual(before);
    expect(value(await asking(mia, TEXT)).text).toBe(SENT);
    expect(value(await asking(admin, `${TEXT} Yours, M.`)).text).toBe(SENT);
    value(await asks());
  });

  it('needs a text, two languages and a model', async () => {
    const { made, admin } = await aFrenchTicket();
    const preview = async (input: { text: string; to: string; from?: string }, deps = world.deps) => translateText(deps, admin, made.id, input);
    expect(await preview({ text: ' ', to: 'fr' })).toMatchObject({ errors: [{ path: 'body.text' }] });
    expect(await preview({ text: 'x'.repeat(12_001), to: 'fr' })).toMatchObject({ errors: [{ path: 'body.text', message: 'must be at most 12000 characters' }] });
    expect(await preview({ text: TEXT, to: 'en' })).toMatchObject({ errors: [{ path: 'body.to' }] });
    expect(await preview({ text: 'Hi', to: 'fr', from: 'fr' })).toMatchObject({ errors: [{ path: 'body.to' }] });
    expect(codeOf(await preview({ text: TEXT, to: 'fr' }, { ...world.deps, llmModel: null }))).toBe('no_model');
    expect(codeOf(await reply({ ...world.deps, llmModel: null }, admin, made.id, { text: TEXT, translateTo: 'fr' }, aKey()))).toBe('no_model');
    const translation = { sourceText: TEXT, sourceLanguage: 'en', language: 'fr' };
    expect(await reply(world.deps, admin, made.id, { text: SENT, translation, translateTo: 'fr' }, aKey())).toMatchObject({ errors: [{ path: 'body.translateTo' }] });
  });
});
