// Loaded before a Node child's own code: when the launcher is gone, whatever killed it, the pipe
// closes and the child stops as if it had been asked to.
import { isMainThread } from 'node:worker_threads';

const STOP_WITHIN_MS = 10_000;

if (isMainThread) {
  const letGo = () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  };
  process.stdin.on('end', letGo);
  process.stdin.on('error', letGo);
  process.stdin.resume();
  process.stdin.unref();
}
