import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/** The scores of the languages that a text may be in, by their tags; `language` is empty where it is in none. */
export interface Guess {
  readonly language: string;
  readonly scores: Readonly<Record<string, number>>;
}

const answer = z.object({ id: z.number(), language: z.string(), scores: z.record(z.string(), z.number()) });

/** The library takes 90 MB: as long as customers write, and a little more. */
const IDLE_MS = 20_000;
/** Somebody's message waits for it. */
const LONGEST_MS = 5_000;

// Text and not a file of its own: it runs alike from the sources and from the bundle.
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const loading = import(workerData);
  parentPort.on('message', async ({ id, text }) => {
    const { eld } = await loading;
    const found = eld.detect(text);
    parentPort.postMessage({ id, language: found.language, scores: found.getScores() });
  });`;

interface Running {
  readonly worker: Worker;
  readonly asked: Map<number, { resolve: (guess: Guess) => void; reject: (error: Error) => void }>;
  idle: NodeJS.Timeout | null;
  /** It has loaded what it needs. */
  isWarm: boolean;
}

let running: Running | null = null;
let asked = 0;

/** What a text is written in, by the detector's own sums; rejects after 5 s. Its thread is begun with the first text and ends 20 s after the last. */
export function guessLanguage(text: string): Promise<Guess> {
  const thread = (running ??= begin());
  if (thread.idle !== null) clearTimeout(thread.idle);
  thread.idle = null;
  const id = (asked += 1);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the detector of languages does not answer')), LONGEST_MS);
    const answered = <Value>(tell: (value: Value) => void) => (value: Value) => {
      clearTimeout(late);
      tell(value);
    };
    thread.asked.set(id, { resolve: answered(resolve), reject: answered(reject) });
    thread.worker.ref();
    thread.worker.postMessage({ id, text });
  });
}

/** Whoever asks now is answered within a millisecond or two: it is there, and has nothing else to do. */
export function isDetectorFree(): boolean {
  return running !== null && running.isWarm && running.asked.size === 0;
}

function begin(): Running {
  const worker = new Worker(PROGRAM, { eval: true, workerData: import.meta.resolve('eld/extrasmall') });
  const thread: Running = { worker, asked: new Map(), idle: null, isWarm: false };
  worker.unref();
  worker.on('message', (told: unknown) => {
    const { id, language, scores } = answer.parse(told);
    thread.isWarm = true;
    thread.asked.get(id)?.resolve({ language, scores });
    thread.asked.delete(id);
    if (thread.asked.size === 0) rest(thread);
  });
  worker.on('error', (error) => end(thread, error instanceof Error ? error : new Error('the detector of languages failed')));
  worker.on('exit', () => end(thread, new Error('the detector of languages ended')));
  return thread;
}

/** Nobody waits: the process may end, and after a while the thread does. */
function rest(thread: Running): void {
  thread.worker.unref();
  thread.idle = setTimeout(() => {
    end(thread, new Error('the detector of languages rests'));
    void thread.worker.terminate();
  }, IDLE_MS).unref();
}

function end(thread: Running, error: Error): void {
  if (running === thread) running = null;
  for (const { reject } of thread.asked.values()) reject(error);
  thread.asked.clear();
}
