// What the threads that workflows run in go without (decision 090): a thread that watches over each call, and a stack for each
// promise. Both are the SDK's, it has no switch for either, and together they were six tenths of such a thread's time.
import { Script } from 'node:vm';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const CALLS = 'baton:workflow-calls';
const LOOK_MS = 1_000;
/** A call lasts milliseconds. Seconds that this process did not see pass, stopped or suspended, are not counted. */
const MOST_LOOKS = 10;
const STUCK_EXIT = 70;

/** In the main thread, before there are others: ends the process when a call into a workflow does not. */
export function watchCalls({ everyMs = LOOK_MS } = {}) {
  const calls = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setEnvironmentData(CALLS, calls);
  let [seen, looks] = [0, 0];
  setInterval(() => {
    const call = Atomics.load(calls, 0);
    looks = isUnderWay(call) && call === seen ? looks + 1 : 0;
    seen = call;
    if (looks < MOST_LOOKS) return;
    process.stderr.write(`A workflow has not come back for ${(MOST_LOOKS * everyMs) / 1_000} s: this worker ends, and its tickets go on in the next one.\n`);
    process.exit(STUCK_EXIT);
  }, everyMs).unref();
}

/** In a thread of workflows: counts its calls, odd while one is under way. A timeout of `node:vm` starts and joins a thread for each. */
export function countCalls() {
  const calls = getEnvironmentData(CALLS);
  const { runInContext } = Script.prototype;
  Script.prototype.runInContext = function run(context, { timeout: _, ...options } = {}) {
    Atomics.add(calls, 0, 1);
    try {
      return runInContext.call(this, context, options);
    } finally {
      Atomics.add(calls, 0, 1);
    }
  };
}

/** In a thread of workflows: the `__stack_trace` query then says that there are none. Node's own hooks, which the SDK's scopes live on, stay. */
export async function takeNoStacks() {
  const { default: shared } = await import('@temporalio/worker/lib/workflow/vm-shared.js');
  shared.globalHandlers.setPromiseHook = () => undefined;
}

const isUnderWay = (call) => call % 2 !== 0;
