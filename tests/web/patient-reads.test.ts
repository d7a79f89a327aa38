import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { waitWithReads } from '#web/shell/patient-reads.ts';

const before = { fetch: globalThis.fetch, location: globalThis.location };
let server: Server;
let script: RequestListener[];
let url: string;

beforeEach(async () => {
  server = createServer((request, response) => (script.length > 1 ? script.shift() : script[0])?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  Object.assign(globalThis, { location: new URL(`${url}/all/12`) });
  waitWithReads();
});
afterEach(async () => {
  Object.assign(globalThis, before);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const says: RequestListener = (_request, response) => void response.writeHead(200, { 'X-Remix-Response': 'yes' }).end('the page');
const breaksOff: RequestListener = (_request, response) => {
  response.writeHead(200, { 'X-Remix-Response': 'yes' });
  response.write('the p', () => response.destroy());
};
const isAway = (headers: Record<string, string> = {}): RequestListener => (_request, response) => void response.writeHead(503, headers).end('away');
const read = async (path: string) => {
  const response = await fetch(`${url}${path}`);
  return [response.status, await response.text()];
};

it.each<[string, RequestListener]>([
  ['breaks off in the middle', breaksOff],
  ['comes from a proxy while we are started again', isAway()],
  ['says that a part of us is away', isAway({ 'X-Remix-Response': 'yes' })],
])('reads the page that is shown again when the answer %s, so that what is being written there stays', async (_what, manner) => {
  script = [manner, says];
  expect(await read('/all/12.data?_routes=routes%2Fticket')).toEqual([200, 'the page']);
});

it('tells whoever goes to another page that a part of us is away', async () => {
  script = [isAway({ 'X-Remix-Response': 'yes' }), says];
  expect(await read('/all/13.data')).toEqual([503, 'away']);
});

it('ends when nobody waits any more', async () => {
  script = [breaksOff];
  await expect(fetch(`${url}/all/12.data`, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
});

it('repeats nothing that is written', async () => {
  script = [isAway(), says];
  expect((await fetch(`${url}/all/12.data`, { method: 'POST' })).status).toBe(503);
});
