import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { gapBefore } from '../web/widget/backoff.ts';
import { pause } from './instance.ts';
import { send } from './streams-client.ts';

const withToken = z.object({ token: z.string() });
const message = z.object({ number: z.number(), id: z.string(), from: z.string(), text: z.string() });
const conversation = z.object({ messages: z.array(message), cursor: z.number() });
export type Shown = z.infer<typeof message>;

/** Somebody in a web chat, whose widget comes back as ours does whenever its connection ends, and says what has come. */
export class Customer {
  token = '';
  /** Each message of an AI with the instant at which it came. */
  readonly heard: { readonly id: string; readonly at: number }[] = [];
  readonly said: string[] = [];
  private cursor = 0;
  /** How often a stream was opened. */
  private streams = 0;
  private isGone = false;
  private onAnswer: () => void = () => undefined;

  constructor(
    private readonly origin: string,
    private readonly widgetId: string,
  ) {}

  async open(): Promise<void> {
    this.token = withToken.parse(await send('POST', this.url('/session'), { headers: { origin: this.origin }, body: {} })).token;
  }

  /** Says something, until it is taken: the same message under the same id. */
  async say(text: string): Promise<void> {
    const id = `under-fire-${text.replaceAll(/[^\w]/g, '-')}-0123456789`.slice(0, 60);
    for (let attempt = 0; ; attempt += 1) {
      try {
        await send('POST', this.url('/messages'), { headers: this.headers(), body: { id, text } });
        this.said.push(text);
        return;
      } catch (error) {
        // Refused for good is a fault of this program; the rest is an api that is just being started again.
        if (/: 4\d\d /.test(String(error)) && !/: 429 /.test(String(error))) throw error;
        await pause(gapBefore(attempt, Math.random()));
      }
    }
  }

  /** Resolves with the next message of an AI, or after so many milliseconds. */
  nextAnswer(withinMs: number): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => (this.onAnswer = resolve)), pause(withinMs)]);
  }

  /** All of the conversation as a widget reads it. */
  async read(): Promise<readonly Shown[]> {
    return conversation.parse(await send('GET', this.url('/conversation?after=0'), { headers: this.headers() })).messages;
  }

  /** Keeps a stream open until they leave. */
  async listen(): Promise<void> {
    for (let attempt = 0; !this.isGone; attempt += 1) {
      const opened = this.streams;
      await this.stream().catch(() => undefined);
      if (this.streams > opened) attempt = 0;
      await pause(gapBefore(attempt, Math.random()));
    }
  }

  leave(): void {
    this.isGone = true;
  }

  private stream(): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = request(this.url(`/events?after=${this.cursor}`), { headers: this.headers(), agent: false }, (response: IncomingMessage) => {
        if (response.statusCode !== 200) return reject(new Error(`${response.statusCode}`));
        this.streams += 1;
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          const blocks = (text + chunk).split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) this.take(block, performance.now());
          if (this.isGone) asked.destroy();
        });
        response.once('close', resolve);
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  private take(block: string, at: number): void {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    const told = data === undefined || !block.includes('event: conversation') ? null : conversation.parse(JSON.parse(data));
    if (told === null) return;
    this.cursor = Math.max(this.cursor, told.cursor);
    const answers = told.messages.filter(({ from }) => from === 'ai');
    for (const { id } of answers) this.heard.push({ id, at });
    if (answers.length > 0) this.onAnswer();
    if (told.messages.length > 0) void send('POST', this.url('/seen'), { headers: this.headers(), body: { upTo: this.cursor } }).catch(() => undefined);
  }

  private url(path: string): string {
    return `${this.origin}/widget/v1${path}${path.includes('?') ? '&' : '?'}widget=${this.widgetId}`;
  }

  private headers(): Record<string, string> {
    return { origin: this.origin, ...(this.token !== '' && { authorization: `Bearer ${this.token}` }) };
  }
}
