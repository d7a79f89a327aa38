import { lastLines } from './child.mjs';
import { say } from './say.mjs';

const GAPS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
const STEADY_AFTER_MS = 10_000;

/**
 * Keeps one program running: `start` gives a child; when that dies it is started again, at once
 * the first time, then after gaps that grow until one has lived for a while, and each time that is
 * said. `changed` hears of every new child.
 */
export async function keepRunning({ name, start, changed }) {
  let child = await start();
  let stopping = false;
  let tries = 0;
  let wake = () => {};
  changed?.(child);

  const watch = async () => {
    while (!stopping) {
      const since = Date.now();
      const how = await child.exited;
      if (stopping) return;
      if (Date.now() - since > STEADY_AFTER_MS) tries = 0;
      const gap = GAPS_MS[Math.min(tries, GAPS_MS.length - 1)];
      tries += 1;
      say(`! ${name} ${how}; starting it again ${gap === 0 ? 'at once' : `in ${gap / 1000} s`}. The end of ${child.logFile}:`);
      say(lastLines(child.logFile));
      await new Promise((done) => {
        wake = done;
        setTimeout(done, gap);
      });
      if (stopping) return;
      try {
        child = await start();
        changed?.(child);
        say(`· ${name} runs again (process ${child.pid})`);
      } catch (error) {
        say(`! ${name} could not be started: ${error.message}`);
      }
    }
  };
  const watching = watch();

  return {
    name,
    get child() {
      return child;
    },
    async stop(how) {
      stopping = true;
      wake();
      await child.stop(how);
      await watching;
      // A start that was under way when we were told to stop must not leave its child behind.
      await child.stop(how);
    },
  };
}
