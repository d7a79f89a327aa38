import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAgent } from '#api/agents/agents.ts';
import { listIn, recordIn, textIn } from '#api/http/openapi-fields.ts';
import { insertConversation } from '#prisma/store/conversations.ts';
import { turnsLeft } from '#prisma/store/ai-agents/turns.ts';
import { newId } from '#prisma/store/new-id.ts';
import { insertRequester } from '#prisma/store/requesters.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { storedMessage } from '#tests/support/stored-message.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(() => api.close());

async function anAgent(kind: 'external' | 'built_in' | 'webhook' = 'external') {
  const { team, admin } = await aTeam(api.deps);
  const key = await aKey(api.deps, team.id, 'admin');
  const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin', kind }));
  const setup = `/agents/${agent.id}/setup`;
  const put = (version: number, body: unknown) => ask(api, `PUT ${setup}`, { key, body, headers: { 'if-match': `"${version}"` } });
  return { team, key, agent, setup, put, get: () => ask(api, `GET ${setup}`, { key }) };
}

describe('how an agent answers', () => {
  it('is read with its version and replaced by whoever read the newest', async () => {
    const { get, put } = await anAgent('built_in');
    const first = await get();
    expect(first).toMatchObject({ status: 200, body: { kind: 'built_in', version: 0, instructions: '', hasSecret: false } });
    expect(first.headers.get('etag')).toBe('"0"');
    expect(await put(0, { kind: 'built_in', instructions: 'Be kind.' })).toMatchObject({ status: 200, body: { version: 1, instructions: 'Be kind.', model: null, readsNotes: false } });
    expect(await put(0, { kind: 'built_in', instructions: 'Be rude.' })).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect((await get()).body).toMatchObject({ version: 1, instructions: 'Be kind.' });
  });

  it.each([
    [{ kind: 'parrot' }, 'body.kind'],
    [{ kind: 'built_in', instructions: 'x'.repeat(20_001) }, 'body.instructions'],
    [{ kind: 'built_in', url: 'https://x.example' }, 'body.url'],
    [{ kind: 'webhook' }, 'body.url'],
    [{ kind: 'webhook', url: 'ftp://x.example' }, 'body.url'],
    [{ kind: 'webhook', url: 'https://me:secret@x.example' }, 'body.url'],
  ])('refuses %j at its field and changes nothing', async (body, path) => {
    const { get, put } = await anAgent();
    const refused = await put(0, body);
    expect(refused.status).toBe(422);
    expect(listIn(recordIn(refused.body)['errors']).map((one) => textIn(recordIn(one)['path']))).toContain(path);
    expect((await get()).body).toMatchObject({ kind: 'external', version: 0 });
  });

  it('is an admin’s to see, because instructions are the team’s own', async () => {
    const { team, agent, setup } = await anAgent();
    for (const key of [await aKey(api.deps, team.id, 'operator'), await aKey(api.deps, team.id, 'agent', agent.id)]) {
      expect(await ask(api, `GET ${setup}`, { key })).toMatchObject({ status: 403 });
      expect(await ask(api, `GET /agents/${agent.id}/knowledge`, { key })).toMatchObject({ status: 403 });
    }
  });

  it('shows the secret of a webhook agent once, and seals it', async () => {
    const { agent, key, put, get } = await anAgent('webhook');
    await put(0, { kind: 'webhook', url: 'https://x.example/agent' });
    const made = await ask(api, `POST /agents/${agent.id}/secret`, { key, body: {} });
    expect(made.status).toBe(201);
    const secret = textIn(recordIn(made.body)['secret']);
    expect(secret).toMatch(/^whsec_/);
    const again = await get();
    expect(again.body).toMatchObject({ hasSecret: true, oldSecretUntil: null, url: 'https://x.example/agent' });
    expect(JSON.stringify(again.body)).not.toContain(secret);
    expect(JSON.stringify(await api.deps.prisma.secret.findMany())).not.toContain(secret.slice(6));
    expect((await ask(api, `POST /agents/${agent.id}/secret`, { key, body: {} })).body).toMatchObject({ oldSecretUntil: expect.any(String) });
  });

  it('leaves old messages of another kind to people, and takes those of the last hour', async () => {
    const { team, agent, put } = await anAgent();
    const { prisma } = api.deps;
    const wrote = async (minutesAgo: number) => {
      const [conversationId, requesterId] = [newId('conversation'), newId('requester')];
      await prisma.$transaction(async (db) => {
        await insertRequester(db, { id: requesterId, teamId: team.id, name: 'Jane', addresses: [] });
        await insertConversation(db, { id: conversationId, teamId: team.id, channel: 'api', agentId: agent.id, requesterId, subject: 'x' });
      });
      await storedMessage(prisma, { teamId: team.id, conversationId, requesterId, channel: 'api' }, { at: new Date(Date.now() - minutesAgo * 60_000) });
      return conversationId;
    };
    const [, recent] = [await wrote(90), await wrote(5)];
    const left = () => turnsLeft(prisma, { teamId: team.id, before: new Date(), limit: 10 });
    expect(await left()).toEqual([]);
    await put(0, { kind: 'built_in', instructions: '' });
    expect(await left()).toEqual([{ conversationId: recent, epoch: 1 }]);
  });
});

describe('what a built-in agent may look up', () => {
  it('is listed by title, read, replaced and removed', async () => {
    const { agent, key } = await anAgent('built_in');
    const at = `/agents/${agent.id}/knowledge`;
    const made = await ask(api, `POST ${at}`, { key, body: { title: 'Returns', text: 'Thirty days.' } });
    expect(made).toMatchObject({ status: 201, body: { title: 'Returns', text: 'Thirty days.' } });
    const id = textIn(recordIn(made.body)['id']);
    expect((await ask(api, `GET ${at}`, { key })).body).toMatchObject({ items: [{ id, title: 'Returns', length: 12 }] });
    expect(await ask(api, `PUT ${at}/${id}`, { key, body: { title: 'Returns', text: 'Forty days.' } })).toMatchObject({ status: 200, body: { text: 'Forty days.' } });
    expect(await api.deps.prisma.knowledgePassage.findMany({ select: { passage: true }, where: { textId: id } })).toEqual([{ passage: 'Forty days.' }]);
    expect((await ask(api, `DELETE ${at}/${id}`, { key })).status).toBe(204);
    expect((await ask(api, `GET ${at}/${id}`, { key })).status).toBe(404);
    expect(await api.deps.prisma.knowledgePassage.count({ where: { textId: id } })).toBe(0);
  });

  it('needs a title and a text', async () => {
    const { agent, key } = await anAgent('built_in');
    const refused = await ask(api, `POST /agents/${agent.id}/knowledge`, { key, body: { title: ' ', text: '\n' } });
    expect(listIn(recordIn(refused.body)['errors']).map((one) => textIn(recordIn(one)['path'])).sort()).toEqual(['body.text', 'body.title']);
  });
});
