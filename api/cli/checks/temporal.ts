import { connectTemporal } from '#switchboard/connection.ts';
import type { Check, Finding } from './finding.ts';
import { PATIENCE_MS, wordsOf } from './finding.ts';

/** Asks Temporal for its namespace, and whether a worker asks it for work. */
export const checkTemporal: Check = async ({ temporalAddress: address, temporalNamespace, taskQueue }) => {
  const client = connectTemporal({ address, namespace: temporalNamespace });
  const { connection, options: { namespace } } = client;
  try {
    const began = performance.now();
    const deadline = () => Date.now() + PATIENCE_MS;
    const [system, queue] = await connection.withDeadline(deadline(), async () => {
      await connection.workflowService.describeNamespace({ namespace });
      return Promise.all([
        connection.workflowService.getSystemInfo({}),
        connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 }),
      ]);
    });
    const found = `Temporal ${system.serverVersion ?? '?'}, namespace ${namespace}, answers in ${Math.round(performance.now() - began)} ms`;
    return [{ what: 'Temporal', state: 'fine', found }, worker(taskQueue, (queue.pollers ?? []).length)];
  } catch (error) {
    return [{ what: 'Temporal', state: 'bad', found: `${address ?? 'the server of the envconfig profile'} does not answer: ${wordsOf(error)}`, advice: 'check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, and that the server runs' }];
  } finally {
    await connection.close();
  }
};

function worker(taskQueue: string, pollers: number): Finding {
  const what = 'Worker';
  if (pollers > 0) return { what, state: 'fine', found: `asks for work on task queue ${taskQueue}` };
  return { what, state: 'off', found: `none asked for work on task queue ${taskQueue} in the last minutes`, advice: 'npm start' };
}
