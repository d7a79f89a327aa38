import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** One mail as it arrived. */
export interface Arrived {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly content: string;
  /** Milliseconds since 1970, when the server said 250. */
  readonly at: number;
}

/** The customers' mail server: takes everything, counts by Message-ID, and now and then puts a sender off once. */
export interface MailServer {
  readonly url: string;
  arrived(): readonly Arrived[];
  stop(): Promise<void>;
}

const ONE_IN_PUT_OFF = 12;

export async function aMailServer(): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const putOff = new Set<string>();
  let offered = 0;
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      void buffer(stream)
        .then((bytes) => {
          const content = bytes.toString();
          const messageId = /^message-id:\s*(<[^>]+>)/im.exec(content)?.[1] ?? '';
          offered += 1;
          if (offered % ONE_IN_PUT_OFF === 0 && !putOff.has(messageId)) {
            putOff.add(messageId);
            done(Object.assign(new Error('4.2.1 come back later'), { responseCode: 451 }));
            return;
          }
          arrived.push({ messageId, to, content, at: Date.now() });
          done();
        })
        .catch(() => undefined);
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived: () => arrived,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
