import type { Client } from '@temporalio/client';

/** `temporal.api.enums.v1.IndexedValueType` */
const KEYWORD = 2;
const NAMES = ['BatonTeam', 'BatonStatus', 'BatonAssignee'];

/**
 * Registers what tickets are searched by, where the server lets us. A ticket that sets an attribute the server does
 * not know would be stuck, so a worker that cannot make sure says so and does not start.
 */
export async function ensureSearchAttributes(client: Client, namespace: string): Promise<void> {
  const { operatorService } = client.connection;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = NAMES.filter((name) => !(name in (customAttributes ?? {})));
  if (missing.length === 0) return;
  try {
    await operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])) });
  } catch (error) {
    throw new Error(`The Temporal server lacks the search attributes ${missing.join(', ')} (Keyword) and does not let Baton add them. Add them, then start again.`, {
      cause: error,
    });
  }
}
