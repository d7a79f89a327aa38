import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textsOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';
import { ticketCommand } from './ticket-commands.server.ts';

const AT_ONCE = 5;
const BULK_INTENTS: readonly string[] = ['status', 'assign', 'priority', 'snooze'];

export interface BulkResult {
  readonly done: number;
  readonly refused: { readonly number: string; readonly detail: string }[];
}

/** One change of many tickets, each on its own: some may be refused, and why is told for each. */
export async function bulkCommand(command: Command): Promise<Result<BulkResult>> {
  const { form, key, intent } = command;
  const ids = BULK_INTENTS.includes(intent) ? textsOf(form, 'id').slice(0, 200) : [];
  const result: BulkResult = { done: 0, refused: [] };
  let done = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const answers = await Promise.all(
      ids.slice(at, at + AT_ONCE).map(async (named) => {
        const [id = '', number = ''] = named.split(' ');
        return { number, answer: await ticketCommand(id, { ...command, key: `${key}-${id}` }) };
      }),
    );
    for (const { number, answer } of answers) {
      if (answer.ok) done += 1;
      else result.refused.push({ number, detail: answer.detail });
    }
  }
  return ok({ ...result, done });
}
