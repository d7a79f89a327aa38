import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { byDns } from '#activities/webhooks/public-lookup.ts';
import { postWebhook } from '#activities/webhooks/post-webhook.ts';
import { answering, aReceiver, type Manner, type Receiver } from '#tests/support/a-receiver.ts';
import { waitFor } from '#tests/support/wait-for.ts';

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
  expect(await to(() => undefined, { ...freely, deadlineMs: 300 })).toEqual({ kind: 'unreached', why: 'No answer within 0.3 s.' });
  await receiver?.close();
  expect(await to((response) => void response.writeHead(500).write('x'), { ...freely, deadlineMs: 300 })).toMatchObject({ kind: 'refused', status: 500 });
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

/** A receiver that speaks to the socket itself; `first` is told when the first bytes of the request have come. */
async function aRawReceiver(first: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('readable', () => first(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const answer = (head: string) => (socket: Socket) => void socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
/** Goes on for as long as anybody listens. */
const endlessly = (head: string, more: string) => (socket: Socket) => {
  socket.write(head);
  const timer = setInterval(() => socket.write(more), 1);
  socket.once('close', () => clearInterval(timer));
};

it.each<[string, (socket: Socket) => void, Record<string, unknown>]>([
  ['wants to speak another protocol', answer('101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade'), { kind: 'refused', status: 101 }],
  ['sends a header that never ends', endlessly('HTTP/1.1 200 OK\r\nx: ', 'y'.repeat(1_000)), { kind: 'unreached', why: 'The receiver cannot be reached: HPE_HEADER_OVERFLOW.' }],
  ['sends headers that never end', endlessly('HTTP/1.1 200 OK\r\n', 'x: y\r\n'.repeat(100)), { kind: 'unreached', why: 'The receiver cannot be reached: HPE_HEADER_OVERFLOW.' }],
  ['promises an answer for ever', endlessly('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), { kind: 'unreached', why: 'No answer within 0.5 s.' }],
  ['speaks no HTTP', (socket) => void socket.end('hello\r\n\r\n'), { kind: 'unreached' }],
  ['hangs up', (socket) => void socket.destroy(), { kind: 'unreached', why: 'The receiver cannot be reached: ECONNRESET.' }],
  ['answers with two lengths', answer('200 OK\r\nContent-Length: 0\r\nContent-Length: 9'), { kind: 'unreached' }],
])('has an end where the receiver %s, whether its answer is read or not', async (_what, manner, posted) => {
  const raw = await aRawReceiver(manner);
  const settings = { ...freely, deadlineMs: 500 };
  expect(await post(raw.url, settings)).toMatchObject(posted);
  expect(await post(raw.url, { ...settings, answerBytes: 1_000 })).toMatchObject(posted);
  await raw.close();
}, 10_000);

const settled = () => new Promise((resolve) => setTimeout(resolve, 200));

it('keeps no socket for a receiver that answers and never reads the rest', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const raw = await aRawReceiver(answer('413 Content Too Large\r\nContent-Length: 0'));
  // Those of other tests are gone by then.
  await settled();
  const before = sockets();
  expect(await postWebhook({ url: new URL(raw.url), headers: {}, body: 'x'.repeat(20_000_000) }, freely)).toMatchObject({ kind: 'refused', status: 413 });
  await settled();
  // The receiver's own end.
  expect(sockets() - before).toBe(1);
  await raw.close();
});

/** A name server that answers each question as it is told: bytes of an address, or nothing at all. */
async function aNameServer(says: (name: string, type: 'A' | 'AAAA') => readonly number[] | null) {
  const asked: string[] = [];
  const socket = createSocket('udp4', (query, { port, address }) => {
    const end = query.indexOf(0, 12);
    const labels: string[] = [];
    for (let at = 12; at < end; at += (query[at] ?? 0) + 1) labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)));
    const type = query.readUInt16BE(end + 1) === 28 ? 'AAAA' : 'A';
    const bytes = says(labels.join('.'), type);
    asked.push(`${type} ${labels.join('.')}`);
    if (bytes === null) return;
    const head = Buffer.concat([query.subarray(0, 2), Buffer.from([0x81, 0x80, 0, 1, 0, bytes.length === 0 ? 0 : 1, 0, 0, 0, 0]), query.subarray(12, end + 5)]);
    const record = bytes.length === 0 ? [] : [0xc0, 12, 0, type === 'A' ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length, ...bytes];
    socket.send(Buffer.concat([head, Buffer.from(record)]), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { asked, resolve: byDns({ servers: [`127.0.0.1:${socket.address().port}`] }), close: () => new Promise<void>((resolve) => socket.close(() => resolve())) };
}

const NONE: readonly number[] = [];
const LOOPBACK_6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

it('judges every address that DNS has for a name, of either family', async () => {
  receiver = await aReceiver();
  const { port } = receiver;
  const dns = await aNameServer((name, type) => {
    if (name === 'gone.example') return NONE;
    if (name === 'inside.example') return type === 'A' ? [127, 0, 0, 1] : NONE;
    return type === 'A' ? [93, 184, 215, 14] : LOOPBACK_6;
  });
  const guarded = { allowPrivate: false, deadlineMs: 5_000, resolve: dns.resolve };
  expect(await post(`http://inside.example:${port}/`, guarded)).toMatchObject({ kind: 'unreached', why: expect.stringContaining('inside.example is 127.0.0.1') });
  expect(await post(`http://mixed.example:${port}/`, guarded)).toMatchObject({ kind: 'unreached', why: expect.stringContaining('mixed.example is ::1') });
  expect(await post(`http://gone.example:${port}/`, guarded)).toEqual({ kind: 'unreached', why: 'gone.example is not found in DNS: ENODATA. For names of a network of your own set WEBHOOK_ALLOW_PRIVATE=1.' });
  for (const host of ['localhost', 'LOCALHOST', 'hooks.localhost.']) expect(await post(`http://${host}:${port}/`, guarded)).toMatchObject({ kind: 'unreached', why: expect.stringContaining('not on the public internet') });
  expect(receiver.received).toEqual([]);
  expect(dns.asked).toEqual(expect.arrayContaining(['A mixed.example', 'AAAA mixed.example']));
  await dns.close();
});

it('keeps no other name waiting, the mail server’s among them, for names that nobody answers for', async () => {
  const dns = await aNameServer(() => null);
  const guarded = { allowPrivate: false, deadlineMs: 4_000, resolve: dns.resolve };
  const posts = Promise.all(Array.from({ length: 20 }, (_, n) => post(`http://h${n}.tarpit.example/`, guarded)));
  await waitFor(() => dns.asked.length >= 40, 'every name was asked for');
  expect(await Promise.race([posts.then(() => 'the names that nobody answers for'), lookup('localhost').then(() => 'localhost')])).toBe('localhost');
  for (const posted of await posts) expect(posted).toEqual({ kind: 'unreached', why: 'No answer within 4 s.' });
  await dns.close();
});
