import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** As long as Baton's: where a worker is killed, its workflows wait so long for another. */
const STICKY = '4 s';

// A worker process of its own, as Baton's is: address, task queue and the bundled workflows come as arguments.
const [address = '', taskQueue = '', codePath = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue, workflowBundle: { codePath }, stickyQueueScheduleToStartTimeout: STICKY });
process.stdin.resume().once('end', () => process.exit());
await worker.run();
