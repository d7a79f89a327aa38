// Stack traces of the worker's own code, in full and with its sources' names. The threads that workflows run in go without
// both: the SDK takes a stack for every promise that a workflow makes, which was a third of their time (decision 062).
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = 10;
}
