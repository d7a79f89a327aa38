import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { buffer } from 'node:stream/consumers';

/** How the server treats one message or one session; the default takes everything. */
export type Misbehaviour =
  | { readonly kind: 'none' }
  | { readonly kind: 'refuse'; readonly at: 'greeting' | 'mail' | 'rcpt' | 'data' | 'message'; readonly code: number; readonly words: string }
  | { readonly kind: 'refuse_one'; readonly address: string; readonly code: number; readonly words: string }
  /** Takes the whole message and then cuts the connection instead of answering. */
  | { readonly kind: 'close_after_message'; readonly keep: boolean }
  /** Cuts the connection while the message is on its way. */
  | { readonly kind: 'close_during_message' }
  /** Answers nothing to the message until `answer()` is called. */
  | { readonly kind: 'silent_after_message' }
  | { readonly kind: 'wants_login' };

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly content: string;
}

/** A real SMTP server on a real socket that does what the worst ones do. */
export interface MisbehavingServer {
  readonly taken: readonly TakenMail[];
  readonly url: string;
  behave(misbehaviour: Misbehaviour): void;
  /** Lets a silent server answer at last. */
  answer(): void;
  stop(): Promise<void>;
  /** Stops and listens again on the same port, as a restart does. */
  restart(): Promise<void>;
  start(): Promise<void>;
}

export async function misbehavingSmtp(): Promise<MisbehavingServer> {
  const taken: TakenMail[] = [];
  const waiting: (() => void)[] = [];
  const sockets = new Set<Socket>();
  let now: Misbehaviour = { kind: 'none' };
  let front: Server | null = null;
  let port = 0;

  const said = (at: string): Error | null => (now.kind === 'refuse' && now.at === at ? refusal(now.code, now.words) : null);

  const behaviour: SMTPServerOptions = {
    logger: false,
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, done) => done(said('greeting')),
    onAuth: (_auth, _session, done) => (now.kind === 'wants_login' ? done(refusal(535, '5.7.8 wrong password')) : done(null, { user: 'baton' })),
    onMailFrom: (_address, _session, done) => done(said('mail')),
    onRcptTo({ address }, _session, done) {
      if (now.kind === 'refuse_one' && now.address === address) done(refusal(now.code, now.words));
      else done(said('rcpt'));
    },
    onData(stream, session, done) {
      if (now.kind === 'close_during_message') {
        stream.once('data', cutAll);
        stream.resume();
        stream.on('error', () => undefined);
        return;
      }
      void buffer(stream)
        .then((content) => {
          const { mailFrom, rcptTo } = session.envelope;
          const mail = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), content: content.toString() };
          const refused = said('message');
          if (refused === null && !(now.kind === 'close_after_message' && !now.keep)) taken.push(mail);
          if (now.kind === 'close_after_message') cutAll();
          else if (now.kind === 'silent_after_message') waiting.push(() => done(refused));
          else done(refused);
        })
        .catch(() => undefined);
    },
  };

  function cutAll(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function start(): Promise<void> {
    const inner = new SMTPServer(behaviour);
    inner.on('error', () => undefined);
    // A front of our own keeps the sockets at hand, so that a connection can be cut without a word.
    const outer = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
      inner.server.emit('connection', socket);
    });
    await new Promise<void>((resolve) => outer.listen(port, '127.0.0.1', resolve));
    port = portOf(outer);
    front = outer;
  }

  async function stop(): Promise<void> {
    cutAll();
    const outer = front;
    if (outer !== null) await new Promise<void>((resolve) => outer.close(() => resolve()));
    front = null;
  }

  await start();
  return {
    taken,
    get url() {
      return `smtp://127.0.0.1:${port}`;
    },
    behave(misbehaviour) {
      now = misbehaviour;
    },
    answer() {
      for (const done of waiting.splice(0)) done();
    },
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
  };
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
