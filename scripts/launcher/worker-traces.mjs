// Stack traces of the worker's own code, in full and with its sources' names. The threads that workflows run in go without
// both: the SDK takes a stack for every promise that a workflow makes, which was a third of their time (decision 062).
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  // What is loaded before maps are read needs none: those of the SDK's packages are a third of a second of a start.
  await import('@temporalio/worker');
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = 10;
}
