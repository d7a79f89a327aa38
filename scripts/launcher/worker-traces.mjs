// Stack traces of the worker's own code, in full and with its sources' names. The threads that workflows run in go without
// both, for failures need three frames and looking more up takes their time (decision 062), and without more (decision 090).
import { isMainThread } from 'node:worker_threads';
import { countCalls, takeNoStacks, watchCalls } from './workflow-threads.mjs';

if (isMainThread) {
  watchCalls();
  // What is loaded before maps are read needs none: those of the SDK's packages are a third of a second of a start.
  await import('@temporalio/worker');
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = 10;
} else if (process.argv[1]?.includes('workflow-worker-thread')) {
  countCalls();
  await takeNoStacks();
}
