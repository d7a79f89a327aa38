// Records the histories that the replay test holds every later version of the workflows to:
//   node --import tsx tests/replay/record.mjs [life ...]
// A history of a released version is never recorded over: give the new shape a new name.
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { aDesk } from '#tests/support/desk.ts';
import startStack from '../support/start-stack.mjs';
import stopStack from '../support/stop-stack.mjs';
import { LIVES, mailer } from './lives.ts';

/** Every run of a workflow, oldest first. */
async function runsOf(client, workflowId) {
  const runs = [];
  for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push({ runId, startTime });
  return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime()).map(({ runId }) => runId);
}

/** Which machine and process recorded it is nobody's affair. */
function withoutTraces(history) {
  const traceless = JSON.parse(history, (key, value) => (key === 'identity' ? 'recorder' : key === 'stackTrace' ? '' : value));
  return JSON.stringify(traceless).replaceAll(`${process.pid}@${hostname()}`, 'recorder');
}

async function record(client, life, workflowIds) {
  for (const workflowId of workflowIds) {
    const type = workflowId.slice(0, workflowId.indexOf(':'));
    for (const [index, runId] of (await runsOf(client, workflowId)).entries()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const file = fileURLToPath(new URL(`histories/${life}.${type}.${index + 1}.json`, import.meta.url));
      await writeFile(file, `${withoutTraces(historyToJSON(history))}\n`);
      process.stdout.write(`${life}.${type}.${index + 1}: ${history.events?.length ?? 0} events\n`);
    }
  }
}

await startStack();
try {
  const desk = await aDesk({ mailer });
  const wanted = process.argv.slice(2);
  for (const [name, live] of Object.entries(LIVES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await record(desk.deps.client, name, await live(desk));
  }
  await desk.close();
} finally {
  await stopStack();
}
