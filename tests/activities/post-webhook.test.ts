import { afterEach, expect, it } from '@jest/globals';
import { postWebhook } from '#activities/webhooks/post-webhook.ts';
import { answering, aReceiver, type Manner, type Receiver } from '#tests/support/a-receiver.ts';

let receiver: Receiver | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

const freely = { allowPrivate: true, deadlineMs: 5_000 };
const post = (url: string, settings: Parameters<typeof postWebhook>[1] = freely) => postWebhook({ url: new URL(url), headers: { 'webhook-id': 'whd_1' }, body: '{}' }, settings);

async function to(manner: Manner, settings: Parameters<typeof postWebhook>[1] = freely) {
  receiver = await aReceiver(manner);
  return post(receiver.url, settings);
}

it('takes any 2xx for a receipt', async () => {
  expect(await to(answering(202))).toEqual({ kind: 'accepted', status: 202 });
});

it('does not follow a redirect, and says where it led', async () => {
  const other = await aReceiver();
  const posted = await to(answering(301, { location: other.url }));
  expect(posted).toMatchObject({ kind: 'refused', status: 301, why: expect.stringContaining(other.url) });
  expect(posted).toMatchObject({ why: expect.stringContaining('not followed') });
  expect(other.received).toEqual([]);
  await other.close();
});

it('takes the receipt out of an answer of 100 MB and leaves the rest of it', async () => {
  let written = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const posted = await to((response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && written < 100 * 1024 * 1024) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  expect(posted).toEqual({ kind: 'accepted', status: 200 });
  expect(written).toBeLessThan(20 * 1024 * 1024);
});

it('does not wait for a receiver that never answers, nor for one that never finishes a refusal', async () => {
  const since = performance.now();
  expect(await to(() => undefined, { ...freely, deadlineMs: 300 })).toEqual({ kind: 'unreached', why: 'No answer within 0.3 s.' });
  await receiver?.close();
  expect(await to((response) => void response.writeHead(500).write('x'), { ...freely, deadlineMs: 300 })).toMatchObject({ kind: 'refused', status: 500 });
  expect(performance.now() - since).toBeLessThan(5_000);
});

it('says of a receiver that is not there why it cannot be reached', async () => {
  receiver = await aReceiver();
  const { url } = receiver;
  await receiver.close();
  receiver = null;
  expect(await post(url)).toEqual({ kind: 'unreached', why: 'The receiver cannot be reached: ECONNREFUSED.' });
});

it('connects to nobody inside, whether the address is spelt out or comes from a name', async () => {
  receiver = await aReceiver();
  const guarded = { allowPrivate: false, deadlineMs: 5_000 };
  for (const host of ['127.0.0.1', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]']) {
    expect([host, await post(`http://${host}:${receiver.port}/`, guarded)]).toMatchObject([host, { kind: 'unreached', why: expect.stringContaining('not on the public internet') }]);
  }
  const inside = await post(`http://hooks.example:${receiver.port}/`, { ...guarded, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
  expect(inside).toMatchObject({ kind: 'unreached', why: expect.stringContaining('hooks.example is 127.0.0.1') });
  const mixed = await post(`http://hooks.example:${receiver.port}/`, { ...guarded, resolve: async () => [{ address: '93.184.215.14', family: 4 }, { address: '::1', family: 6 }] });
  expect(mixed).toMatchObject({ kind: 'unreached', why: expect.stringContaining('::1') });
  expect(receiver.received).toEqual([]);
});

it('judges the very answer that it connects to: a name that was public when it was asked first gains nothing', async () => {
  receiver = await aReceiver();
  const answers = [[{ address: '93.184.215.14', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
  const rebinding = async () => answers.shift() ?? [];
  // Whoever looked before, an admin's form or an earlier try, saw the public one.
  expect(await rebinding()).toEqual([{ address: '93.184.215.14', family: 4 }]);
  expect(await post(`http://hooks.example:${receiver.port}/`, { allowPrivate: false, deadlineMs: 5_000, resolve: rebinding })).toMatchObject({ kind: 'unreached', why: expect.stringContaining('127.0.0.1') });
  expect(answers).toEqual([]);
  expect(receiver.received).toEqual([]);
});
