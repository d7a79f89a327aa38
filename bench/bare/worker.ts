import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

// A worker process of its own, as Baton's is: address and task queue come as arguments.
const [address = '', taskQueue = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
/** As long as Baton's: where a worker is killed, its workflows wait so long for another. */
const STICKY = '4 s';
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue, workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)), stickyQueueScheduleToStartTimeout: STICKY });
process.stdin.resume().once('end', () => process.exit());
await worker.run();
