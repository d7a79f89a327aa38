import { request } from 'node:http';
import { waitFor } from './wait-for.ts';

export interface SeenEvent {
  readonly id: string;
  /** `message` for the ordinary ones. */
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of a live stream. */
export interface EventReader {
  readonly status: number;
  readonly seen: readonly SeenEvent[];
  /** The ordinary ones alone. */
  readonly messages: () => SeenEvent[];
  readonly isOver: () => boolean;
  /** The first message that fits, however late. */
  until(fits: (event: SeenEvent) => boolean, what: string): Promise<SeenEvent>;
  close(): void;
}

/** Opens a stream as EventSource would; resolves with its first answer. */
export async function readEvents(url: string, headers: Readonly<Record<string, string>>): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { accept: 'text/event-stream', ...headers } });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const seen: SeenEvent[] = [];
      let isOver = false;
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        seen.push(...blocks.flatMap((block) => parse(block)));
      });
      const over = () => {
        isOver = true;
      };
      response.on('end', over);
      response.on('error', over);
      response.on('close', over);
      asked.on('error', over);
      resolve({
        status: response.statusCode ?? 0,
        seen,
        messages: () => seen.filter(({ event }) => event === 'message'),
        isOver: () => isOver,
        until: (fits, what) => waitFor(() => seen.find((event) => fits(event)), what),
        close: () => asked.destroy(),
      });
    });
    asked.end();
  });
}

function parse(block: string): SeenEvent[] {
  const fields = new Map(block.split('\n').flatMap((line) => (line.startsWith(':') ? [] : [[line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] satisfies [string, string]])));
  const data = fields.get('data');
  if (data === undefined) return [];
  const parsed: unknown = JSON.parse(data);
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  return [{ id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data: Object.fromEntries(entries) }];
}
