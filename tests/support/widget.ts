import { once } from 'node:events';
import { connect } from 'node:net';
import { z } from 'zod';
import { sessionView, widgetConversation } from '#workflows/contract/widget-api.ts';
import type { WidgetConversation } from '#workflows/contract/widget-api.ts';
import { readEvents } from './event-source.ts';
import type { EventReader } from './event-source.ts';

/** What a page of a shop does by script: the widget's own API over real HTTP, from an origin. */
export interface ShopPage {
  readonly secret: string | null;
  readonly token: string;
  say(text: string, id?: string): Promise<PageReply>;
  read(after?: number): Promise<WidgetConversation>;
  ask(what: string, body?: unknown): Promise<PageReply>;
  listen(after?: number, at?: string): Promise<EventReader>;
}

export interface PageReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface PageWishes {
  readonly url: string;
  readonly widgetId: string;
  readonly origin?: string;
  readonly user?: string;
  readonly signature?: string;
  readonly secret?: string;
  readonly name?: string;
}

export const SHOP = 'https://shop.example';
let said = 0;
export const aClientId = () => `client-id-${String((said += 1)).padStart(12, '0')}`;

/** A request as a page of `origin` sends it. */
export async function fromPage({ url, widgetId, origin = SHOP }: PageWishes, what: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<PageReply> {
  const [method = 'GET', path = ''] = what.split(' ');
  const response = await fetch(`${url}/widget/v1${path}${path.includes('?') ? '&' : '?'}widget=${widgetId}`, {
    method,
    headers: { origin, ...(token !== undefined && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(text)) };
}

/** A page with the widget, and a session for it. */
export async function aShopPage(wishes: PageWishes): Promise<ShopPage> {
  const { user, signature, secret, name } = wishes;
  const opened = await fromPage(wishes, 'POST /session', { body: { ...(user && { user }), ...(signature && { signature }), ...(secret && { secret }), ...(name && { name }) } });
  if (opened.status !== 201) throw new Error(`no session: ${JSON.stringify(opened.body)}`);
  const session = sessionView.parse(opened.body);
  const { token } = session;
  const ask = (what: string, body?: unknown) => fromPage(wishes, what, { token, body });
  return {
    token,
    secret: session.secret,
    ask,
    say: (text, id = aClientId()) => ask('POST /messages', { id, text }),
    read: async (after = 0) => widgetConversation.parse((await ask(`GET /conversation?after=${after}`)).body),
    listen: (after = 0, at = wishes.url) =>
      readEvents(`${at}/widget/v1/events?widget=${wishes.widgetId}&after=${after}`, { origin: wishes.origin ?? SHOP, authorization: `Bearer ${token}` }),
  };
}

/** The texts that a stream has brought, in order. */
export function textsIn(reader: EventReader): string[] {
  return reader.seen.flatMap(({ data }) => widgetConversation.safeParse(data).data?.messages.map(({ text }) => text) ?? []);
}

/** A reader that opens a request by hand and takes nothing of its answer until it is told to. */
export async function aStalledReader({ url, widgetId }: PageWishes, path: string, token: string): Promise<{ takeAll(): Promise<string> }> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  await once(socket, 'connect');
  socket.write(`GET /widget/v1${path}${path.includes('?') ? '&' : '?'}widget=${widgetId} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${SHOP}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  return {
    async takeAll() {
      const pieces: Buffer[] = [];
      socket.on('error', () => undefined).on('data', (piece: Buffer) => pieces.push(piece)).resume();
      if (!socket.closed) await once(socket, 'close').catch(() => undefined);
      return Buffer.concat(pieces).toString();
    },
  };
}
