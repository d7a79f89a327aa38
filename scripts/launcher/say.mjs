/** Where progress goes: standard error for commands whose standard output is data. */
let stream = process.stdout;
const startedAt = Date.now();

export function sayOnStandardError() {
  stream = process.stderr;
}

export function say(line = '') {
  stream.write(`${line}\n`);
}

/** Runs one step and shows that it lives: a line at once, one every 10 s, and how long it took if that is worth telling. */
export async function step(title, work) {
  const since = Date.now();
  const seconds = () => ((Date.now() - since) / 1000).toFixed(1);
  say(`· ${title}`);
  const stillAlive = setInterval(() => say(`  … ${title}: ${seconds()} s`), 10_000);
  try {
    const result = await work();
    if (Date.now() - since > 2_000) say(`  ${title}: done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(stillAlive);
  }
}

export function secondsSinceStart() {
  return ((Date.now() - startedAt) / 1000).toFixed(1);
}

/** A refusal the person at the terminal can act on: printed without a stack. */
export class Refusal extends Error {}

/** Runs a script's main function; a Refusal ends it with its message alone. */
export function runMain(main) {
  main().then(
    (code) => {
      if (typeof code === 'number') process.exitCode = code;
    },
    (error) => {
      process.stderr.write(`\n${error instanceof Refusal ? error.message : (error?.stack ?? error)}\n`);
      process.exitCode = 1;
    },
  );
}
