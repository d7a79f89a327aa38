import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAddress } from '#api/agents/addresses.ts';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aModel, type AModel, failing, saying, translating } from '#tests/support/a-model.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { entryView, pageOf, requesterView, ticketView } from '#workflows/contract/views.ts';

let api: TestApi;
let model: AModel;
beforeAll(async () => {
  model = await aModel();
  api = await anApi({ withWorker: true, llm: model.llm, answerWithinMs: 20_000 });
}, 60_000);
afterAll(async () => {
  await api.close();
  await model.close();
});

const SUBJECT = 'Your order AB-1234';
const TEXT = 'Hello Carla, we are sending you a new lamp on 2026-12-01.';
const THEIR_SUBJECT = 'Votre commande AB-1234';
const THEIR_TEXT = 'Bonjour Carla, nous vous envoyons une nouvelle lampe le 2026-12-01.';
const intoFrench = translating(['Your order', 'Votre\ncommande ⟦1⟧'], ['we are sending', 'Bonjour Carla, nous vous envoyons une nouvelle lampe le ⟦1⟧.']);

/** A team of its own with an address, and what it does by key. */
async function aDesk() {
  const { deps } = api;
  const { team, admin } = await aTeam(deps);
  const key = await aKey(deps, team.id, 'admin');
  value(await createAddress(deps, admin.principal, { address: `help@${team.slug}.example`, isDefault: true }));
  const email = `carla@${team.slug}.customer.example`;
  const asks = (what: string, body?: unknown, name?: string) => ask(api, what, { key, ...(body !== undefined && { body }), ...(name !== undefined && { headers: { 'idempotency-key': name } }) });
  const writes = (more: object = {}, name?: string) => asks('POST /tickets', { subject: SUBJECT, text: TEXT, author: 'operator', requester: { name: 'Carla', email }, ...more }, name);
  const made = async (more: object = {}) => {
    const { status, body } = await writes(more);
    expect([status, body]).toEqual([201, expect.anything()]);
    return ticketView.parse(body);
  };
  const messages = async (ticketId: string) => pageOf(entryView).parse((await asks(`GET /tickets/${ticketId}/timeline`)).body).items.flatMap(({ message }) => message ?? []);
  const mails = async () => {
    const { mailbox } = deps.mail;
    const sent = ((await mailbox?.list(100)) ?? []).filter(({ to }) => to.includes(email));
    return Promise.all(sent.map(async ({ id }) => {
      const stored = await mailbox?.read(id);
      const { subject = '', text = '' } = stored === null || stored === undefined ? {} : await simpleParser(stored.stream);
      return { subject, text };
    }));
  };
  const tickets = async () => recordIn((await asks('GET /tickets')).body)['items'];
  const reader = async () => pageOf(requesterView).parse((await asks(`GET /requesters?email=${encodeURIComponent(email.toUpperCase())}`)).body).items;
  return { deps, team, key, email, asks, writes, made, messages, mails, tickets, reader };
}

describe('a first message to somebody who reads another language', () => {
  it('is written in the operator’s language, previewed, sent as its translation, and both texts are stored (P47)', async () => {
    const { asks, made, messages, mails, tickets } = await aDesk();
    model.follows(intoFrench);
    const preview = await asks('POST /tickets/translate', { subject: SUBJECT, text: TEXT, to: 'fr-FR' });
    expect(preview).toMatchObject({ status: 200, body: { subject: THEIR_SUBJECT, text: THEIR_TEXT, language: 'fr', sourceLanguage: 'en', model: 'scripted' } });
    expect(await tickets()).toEqual([]);
    const translation = { sourceText: TEXT, sourceSubject: SUBJECT, sourceLanguage: 'en', language: 'fr' };
    const ticket = await made({ subject: THEIR_SUBJECT, text: THEIR_TEXT, translation });
    // The team's own subject is the ticket's; theirs is the mail's.
    expect(ticket).toMatchObject({ status: 'on_customer', subject: SUBJECT });
    const [message] = await messages(ticket.id);
    expect(message).toMatchObject({ author: 'operator', text: THEIR_TEXT, language: 'fr', source: { text: TEXT, language: 'en', model: 'scripted', isEdited: false } });
    await waitFor(async () => (await mails()).length > 0, 'the mail has left');
    expect(await mails()).toEqual([{ subject: `${THEIR_SUBJECT} [#${ticket.number}]`, text: expect.stringContaining(THEIR_TEXT) }]);
    expect(JSON.stringify(await mails())).not.toContain('new lamp');
    const [edited] = await messages((await made({ text: `${THEIR_TEXT} Merci !`, translation })).id);
    expect(edited).toMatchObject({ source: { model: 'scripted', isEdited: true } });
  });

  it('is held where translating fails, never sent silently in the source language, and goes out under the same key (P47)', async () => {
    const { asks, writes, messages, mails, tickets, deps, team } = await aDesk();
    model.follows(failing(500));
    for (let times = 0; times < 2; times += 1) {
      const held = await writes({ translateTo: 'fr' }, 'first');
      expect(held).toMatchObject({ status: 503, body: { code: 'translation_failed', detail: expect.stringMatching(/answered 500.*Nothing was sent/) } });
      expect(held.headers.get('idempotency-replayed')).toBeNull();
    }
    expect((await asks('POST /tickets/translate', { subject: SUBJECT, text: TEXT, to: 'fr' })).status).toBe(503);
    // Half a translation is none: the subject is read first of all.
    model.follows(translating(['we are sending', 'Bonjour Carla, nous vous envoyons une nouvelle lampe le ⟦1⟧.']));
    expect((await writes({ translateTo: 'fr' }, 'first')).status).toBe(503);
    const count = { teamId: team.id };
    expect([await tickets(), await mails(), await deps.prisma.message.count({ where: count }), await deps.prisma.requester.count({ where: count })]).toEqual([[], [], 0, 0]);
    model.follows(intoFrench);
    const sent = await writes({ translateTo: 'fr' }, 'first');
    expect(sent).toMatchObject({ status: 201, body: { subject: SUBJECT } });
    const [message] = await messages(textIn(recordIn(sent.body)['id']));
    expect(message).toMatchObject({ text: THEIR_TEXT, source: { text: TEXT, language: 'en', isEdited: false } });
    await waitFor(async () => (await mails()).length > 0, 'the mail has left');
    expect(await mails()).toEqual([{ subject: expect.stringContaining(THEIR_SUBJECT), text: expect.stringContaining(THEIR_TEXT) }]);
  });

  it('makes known what they read where nothing was known, so that the next reply is translated too, and changes nothing that is (P46)', async () => {
    const { deps, asks, made, email, reader } = await aDesk();
    const first = await made({ requester: { email, language: 'FR' } });
    expect(first.requesterDetail).toMatchObject({ language: 'fr', languageSource: 'manual' });
    // A typed address proves nothing: only whoever has answered from it is known there (P43).
    expect(await reader()).toEqual([]);
    await deps.prisma.requesterAddress.updateMany({ where: { requesterId: first.requester.id }, data: { verified: true } });
    expect(await reader()).toMatchObject([{ id: first.requester.id, language: 'fr', languageSource: 'manual' }]);
    const second = await made({ requester: { email, language: 'de' } });
    expect(second.requesterDetail).toMatchObject({ id: first.requester.id, language: 'fr' });
    expect((await asks(`PATCH /requesters/${first.requester.id}`, { language: null })).status).toBe(200);
    expect((await made({ requester: { email, language: 'de' } })).requesterDetail).toMatchObject({ language: 'de', languageSource: 'manual' });
  });

  it('goes as it is where nobody asks for a translation, under the team’s own subject', async () => {
    const { made, messages, mails } = await aDesk();
    model.follows(saying('nobody asks'));
    const ticket = await made();
    expect((await messages(ticket.id))[0]).toMatchObject({ text: TEXT, language: null, source: null });
    await waitFor(async () => (await mails()).length > 0, 'the mail has left');
    expect((await mails())[0]?.subject).toContain(SUBJECT);
    expect(model.requests).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['two translations at once', { translateTo: 'fr', translation: { sourceText: TEXT, sourceLanguage: 'en', language: 'fr' } }, 'body.translateTo'],
    ['the language that it is written in', { translateTo: 'en-GB' }, 'body.translateTo'],
    ['a translation into its own language', { translation: { sourceText: TEXT, sourceLanguage: 'en', language: 'en-GB' } }, 'body.translation.language'],
    ['more than a model can give back', { translateTo: 'fr', text: 'x '.repeat(7_000) }, 'body.text'],
    ['a tag of old, which has a name and stands for nothing', { translateTo: 'i-klingon' }, 'body.translateTo'],
    ['a language that nobody knows', { requester: { email: 'carla@customer.example', language: 'xq' } }, 'body.requester.language'],
  ])('is refused for %s, at its field', async (_what, more, path) => {
    const { writes, tickets } = await aDesk();
    expect(await writes(more)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    expect(await tickets()).toEqual([]);
  });

  it('is held, and says what to do, where no model is configured or the settings forbid it', async () => {
    const { key, asks, writes, tickets } = await aDesk();
    const without = await api.another();
    const body = { subject: SUBJECT, text: TEXT, author: 'operator', requester: { email: 'carla@customer.example' }, translateTo: 'fr' };
    expect(await ask(without, 'POST /tickets', { key, body })).toMatchObject({ status: 409, body: { code: 'no_model', detail: 'No language model is configured. An admin adds one in Settings, Language and AI.' } });
    expect((await ask(api, 'PUT /policies/team', { key, headers: { 'if-match': '"0"' }, body: { overrides: { translation: false } } })).status).toBe(200);
    expect(await writes({ translateTo: 'fr' })).toMatchObject({ status: 409, body: { code: 'translation_off' } });
    expect(await asks('POST /tickets/translate', { subject: SUBJECT, text: TEXT, to: 'fr' })).toMatchObject({ status: 409, body: { code: 'translation_off' } });
    expect(await tickets()).toEqual([]);
  });

  it('is no affair of whoever only reads along', async () => {
    const { deps, team } = await aDesk();
    const key = await aKey(deps, team.id, 'viewer');
    expect((await ask(api, 'POST /tickets/translate', { key, body: { subject: SUBJECT, text: TEXT, to: 'fr' } })).status).toBe(403);
  });
});

describe('what a customer said, written down by hand', () => {
  it('stays as it is: it is theirs, is detected, and is shown translated to whoever reads another language (P46)', async () => {
    const { asks, writes, made, email } = await aDesk();
    for (const more of [{ translateTo: 'fr' }, { translation: { sourceText: TEXT, sourceLanguage: 'en', language: 'fr' } }]) {
      expect(await writes({ author: 'customer', ...more })).toMatchObject({ status: 422, body: { errors: [{ path: `body.${Object.keys(more)[0]}`, message: expect.stringContaining('stays as it is') }] } });
    }
    const ticket = await made({ author: 'customer', text: 'Bonjour, ma lampe est arrivée cassée. Que dois-je faire ?', requester: { email } });
    expect(ticket.requesterDetail).toMatchObject({ language: 'fr', languageSource: 'detected' });
    const { body } = await asks(`GET /tickets/${ticket.id}/timeline?translate=en`);
    const [first] = pageOf(entryView).parse(body).items.flatMap(({ message }) => message ?? []);
    expect(first).toMatchObject({ author: 'customer', language: 'fr', source: null, translation: { state: 'none', language: 'en' } });
  });
});
