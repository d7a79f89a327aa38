import { createServer } from 'node:net';
import { once } from 'node:events';
import { z } from 'zod';
import { waitFor } from '#tests/support/wait-for.ts';
import { aClone, untilReady } from './a-clone.ts';

const answerSchema = z.object({ smtp: z.string(), pid: z.number() });

async function ask(port: number): Promise<z.infer<typeof answerSchema>> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return answerSchema.parse(await answer.json());
}

/** Below the ports of other tests (aPort), and far below those that outgoing connections take by themselves. */
const base = 10_000 + (process.pid % 120) * 40;

describe('npm start', () => {
  const clone = aClone();

  afterAll(() => {
    for (const { pid } of clone.processes()) process.kill(pid, 'SIGKILL');
    clone.remove();
  });

  it('starts two instances side by side, and Ctrl-C leaves nothing of either', async () => {
    const one = clone.start(['--port', String(base), '--data', 'one']);
    const two = clone.start(['--empty'], { PORT: String(base + 4), BATON_DATA: `${clone.home}/two` });
    await Promise.all([untilReady(one), untilReady(two)]);

    const [ports, others] = [clone.instance('one').ports, clone.instance('two').ports];
    expect(new Set([...Object.values(ports), ...Object.values(others)]).size).toBe(8);
    expect(one.output()).toContain(`Sign in once with: http://localhost:${base}/sign-in/once`);
    for (const port of Object.values(ports)) expect(one.output()).toContain(`:${port}`);
    expect(clone.asked('one')).toEqual(['demo load', 'sign-in-link']);
    expect(clone.asked('two')).toEqual(['team create --slug desk --name My team', 'invite --team desk --role admin --email admin@example.com --name Admin', 'sign-in-link']);
    expect((await ask(base)).smtp).toBe(String(ports.smtp));

    process.kill(one.pid, 'SIGINT');
    process.kill(two.pid, 'SIGTERM');
    expect((await one.ended).code).toBe(0);
    expect((await two.ended).code).toBe(0);
    expect(clone.processes()).toEqual([]);
  }, 180_000);

  it('recovers by itself after its launcher was killed, and does not make the demo twice', async () => {
    const killed = clone.start(['--port', String(base), '--data', 'one']);
    await untilReady(killed);
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;

    const again = clone.start(['--port', String(base), '--data', 'one']);
    await untilReady(again);
    expect(clone.asked('one').filter((line) => line === 'demo load')).toHaveLength(1);
    // Without the folder, the command would answer for another installation.
    expect(again.output()).toContain(`A one-time sign-in link: BATON_DATA=${clone.home}/one npm run baton -- sign-in-link`);
    process.kill(again.pid, 'SIGINT');
    await again.ended;
    expect(clone.processes()).toEqual([]);
  }, 180_000);

  it('recovers by itself after everything was killed at once', async () => {
    const killed = clone.start(['--data', 'one']);
    await untilReady(killed);
    for (const { pid } of clone.processes()) process.kill(pid, 'SIGKILL');
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;

    const again = clone.start(['--data', 'one']);
    await untilReady(again);
    expect(clone.instance('one').ports.http).toBe(base);

    const api = clone.instance('one').children.find((child) => child.name === 'api');
    process.kill(api?.pid ?? 0, 'SIGKILL');
    const newer = await waitFor(async () => {
      const { pid } = await ask(base);
      return pid !== api?.pid && pid;
    }, 'the api to be started again');
    expect(newer).toBe(clone.instance('one').children.find((child) => child.name === 'api')?.pid);
    expect(again.output()).toContain('api ended by SIGKILL; starting it again at once');

    const second = await clone.start(['--data', 'one']).ended;
    expect(second.code).toBe(1);
    expect(second.output).toContain(`Baton already runs on ${clone.home}/one: http://localhost:${base}`);
    process.kill(again.pid, 'SIGKILL');
    await again.ended;
    // Nobody starts it again: what it left has to end by itself.
    await waitFor(() => clone.processes().length === 0, 'the orphans to end', { withinMs: 30_000 });
  }, 180_000);

  it('starts no server where the person brings their own', async () => {
    const host = clone.start(['--data', 'one']);
    await untilReady(host);
    const own = clone.ownServers('one');
    const guest = clone.start(['--data', 'guest', '--port', String(base + 30)], own);
    await untilReady(guest);
    expect(clone.instance('guest').children.map((child) => child.name).sort()).toEqual(['api', 'worker']);
    expect(await clone.start(['--data', 'guest'], own).ended).toMatchObject({ code: 1 });
    for (const { pid } of [guest, host]) process.kill(pid, 'SIGTERM');
    await Promise.all([guest.ended, host.ended]);
    expect(clone.processes()).toEqual([]);
  }, 180_000);

  it('names the busy port', async () => {
    const stranger = createServer().listen(base + 9, '127.0.0.1');
    await once(stranger, 'listening');
    const refused = await clone.start(['--port', String(base + 9), '--data', 'three']).ended;
    stranger.close();
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(`Port ${base + 9} is busy`);
  });
});

describe('npm run baton', () => {
  const clone = aClone();

  afterAll(() => {
    for (const { pid } of clone.processes()) process.kill(pid, 'SIGKILL');
    clone.remove();
  });

  it('prints only what the command prints, with the instance stopped or running', async () => {
    const data = { BATON_DATA: `${clone.home}/data`, PORT: String(base + 20) };
    const key = ['run', 'baton', '--', 'key', 'create', '--role', 'admin', '--team', 'demo'];
    expect(await clone.npm(key, data).ended).toMatchObject({ code: 0, stdout: 'baton_key_of_the_stand_in\n' });
    expect(clone.processes()).toEqual([]);

    const started = clone.npm(['start', '--', '--no-open'], data);
    await untilReady(started);
    expect(await clone.npm(key, data).ended).toMatchObject({ code: 0, stdout: 'baton_key_of_the_stand_in\n' });
    process.kill(started.pid, 'SIGTERM');
    await started.ended;
    await waitFor(() => clone.processes().length === 0, 'everything to end with npm', { withinMs: 30_000 });
  }, 180_000);
});
