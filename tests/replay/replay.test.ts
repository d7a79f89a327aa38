import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { type ReplayHistoriesIterable, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { COMMAND_KINDS } from '#workflows/contract/ticket-messages.ts';
import { aWorkflowBundle } from '#tests/support/workflow-bundle.ts';
import { failpointSinks } from '../../worker/failpoints.ts';
import { installRuntime } from '../../worker/runtime.ts';

const FOLDER = fileURLToPath(new URL('histories/', import.meta.url));

async function recordings(): Promise<{ workflowId: string; text: string }[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => ({ workflowId: name, text: await readFile(`${FOLDER}${name}`, 'utf8') })));
}

async function* histories(): ReplayHistoriesIterable {
  for (const { workflowId, text } of await recordings()) yield { workflowId, history: historyFromJSON(JSON.parse(text)) };
}

it('goes on with every life that an earlier version began', async () => {
  installRuntime(pino({ level: 'fatal' }));
  const results = Worker.runReplayHistories({ workflowBundle: await aWorkflowBundle(), sinks: failpointSinks(() => undefined) }, histories());
  const failures: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of results) {
    replayed += 1;
    if (error !== undefined) failures.push(`${workflowId}: ${error.message}`);
  }
  expect(failures).toEqual([]);
  expect(replayed).toBeGreaterThanOrEqual(9);
}, 60_000);

it('holds lives that use every command, a run that follows another, and one that loads its ticket', async () => {
  const all = (await recordings()).map(({ text }) => text);
  const everything = all.join('\n');
  expect(COMMAND_KINDS.filter((kind) => !everything.includes(`"name":"${kind}"`))).toEqual([]);
  expect(everything).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
  expect(everything).toContain('"name":"loadTicket"');
  expect(everything).toContain('EVENT_TYPE_TIMER_FIRED');
});
