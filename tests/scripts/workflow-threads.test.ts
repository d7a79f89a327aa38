import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const LEAN = pathToFileURL(join(import.meta.dirname, '../../scripts/launcher/workflow-threads.mjs')).href;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-threads-'));
  await writeFile(
    join(folder, 'main.mjs'),
    `import { Worker } from 'node:worker_threads';
    import { watchCalls } from ${JSON.stringify(LEAN)};
    watchCalls({ everyMs: 20 });
    new Worker(new URL('./thread.mjs', import.meta.url), { argv: process.argv.slice(2) }).on('error', (error) => { console.error(error); process.exit(1); });`,
  );
  // The SDK's timeout, which would end a call, is given with each; so short a one that hardly a call could keep it.
  await writeFile(
    join(folder, 'thread.mjs'),
    `import { Script, createContext } from 'node:vm';
    import { countCalls } from ${JSON.stringify(LEAN)};
    countCalls();
    const [code, times] = process.argv.slice(2);
    const context = createContext({ Date });
    for (let n = 0; n < Number(times); n += 1) new Script(code).runInContext(context, { timeout: 1, displayErrors: true });
    console.log('each came back');`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(code: string, times: number): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(folder, 'main.mjs'), code, String(times)]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
    child.once('exit', (ended) => done({ code: ended, said }));
  });
}

describe('a worker in whose threads calls have no timeout', () => {
  it('ends, and says why, where a workflow does not come back: whoever watches it starts the next one', async () => {
    const { code, said } = await run('for (;;);', 1);
    expect(said).toContain('A workflow has not come back');
    expect(code).toBe(70);
  });

  it('goes on where each call does come back, for much longer than one may last', async () => {
    const { code, said } = await run('for (const until = Date.now() + 30; Date.now() < until;);', 30);
    expect(said).toBe('each came back\n');
    expect(code).toBe(0);
  });
});
