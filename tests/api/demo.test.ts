import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { loadDemo } from '#api/demo/load-demo.ts';
import { ticketClocks } from '#api/sla/ticket-clocks.ts';
import { removeDemo } from '#api/demo/remove-demo.ts';
import type { DemoDeps } from '#api/demo/demo-stage.ts';
import { createAuth } from '#api/auth/auth.ts';
import type { Auth } from '#api/auth/auth.ts';
import { changeTicket } from '#api/tickets/change-ticket.ts';
import { conversations } from '#api/queries/conversations.ts';
import { counts } from '#api/queries/counts.ts';
import { tickets } from '#api/queries/tickets.ts';
import type { Principal } from '#api/principal.ts';
import { findGrant } from '#prisma/store/keys.ts';
import { listOperators } from '#prisma/store/people.ts';
import { STATUSES } from '#workflows/domain/status.ts';
import { programArgs } from '#tests/support/program-args.ts';
import { temporalAddress } from '#tests/support/stack.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { sampleAgentsOf } from '../../scripts/launcher/sample-agents.mjs';
import { aTeam, aTicketWorld, type Person, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
let deps: DemoDeps & { auth: Auth };
let where: { mailDomain: string; dataFolder: string };
beforeAll(async () => {
  world = await aTicketWorld();
  const auth = createAuth({ prisma: world.deps.prisma, secret: 'a secret for tests that is long enough', publicUrl: world.deps.publicUrl });
  deps = { ...world.deps, files: world.desk.deps.files, auth };
  where = { mailDomain: 'demo.test', dataFolder: world.desk.folder };
}, 60_000);
afterAll(() => world.close());

async function miaOf(teamId: string): Promise<Person> {
  const mia = (await listOperators(deps.prisma, teamId)).find(({ role }) => role === 'admin');
  if (mia === undefined) throw new Error('the demo has no admin');
  return { kind: 'operator', teamId, operatorId: mia.id, name: mia.name, role: 'admin' };
}

const sampleAgentKeysFile = () => path.join(where.dataFolder, 'sample-agent-keys');
/** As the launcher reads them. */
const sampleAgentKeys = () => sampleAgentsOf(where.dataFolder);

/** The command line as people run it, over this file's database, data folder and task queue. */
async function baton(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: world.desk.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    BATON_TASK_QUEUE: deps.taskQueue,
    BATON_DATA: world.desk.folder,
    BATON_SECRET: 'a secret for tests that is long enough',
    MAIL_DOMAIN: 'demo.test',
  };
  const program = await programArgs('baton');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...program, ...args], { env }, (_error, out, err) => resolve({ code: child.exitCode, out, err }));
  });
}

describe('the demo team', () => {
  it('shows a newcomer every state a ticket can be in, is made once, and goes without a trace', async () => {
    const bystander = await aTeam(world);
    const { teamId, keys } = await loadDemo(deps, where);
    const mia = await miaOf(teamId);
    const all = value(await tickets(deps, mia, { limit: 200 })).items;
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(STATUSES));
    expect(new Set(all.map(({ channel }) => channel))).toEqual(new Set(['email', 'live_chat']));
    expect(all.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(all.map((_one, index) => index + 1));
    expect(all.some(({ isSnoozed }) => isSnoozed)).toBe(true);
    expect(value(await counts(deps, mia))).toMatchObject({ mentions: 1 });
    const clocksOf = async ({ id }: { id: string }) => value(await ticketClocks(deps, mia, id)).clocks;
    expect((await Promise.all(all.filter(({ status }) => status === 'new').map(clocksOf))).every((own) => own.length > 0)).toBe(true);
    const live = value(await conversations(deps, mia, {})).items;
    expect(live[0]?.flag).not.toBeNull();
    // Nobody's page is open that would take them: a chat must not look as if it never arrived.
    expect(await deps.prisma.message.count({ where: { teamId, channel: 'live_chat', delivery: 'pending' } })).toBe(0);
    expect(keys.map(({ agent }) => agent)).toEqual(['Robin', 'Wren', 'Finch']);
    const kept = sampleAgentKeys();
    expect(kept.map(({ name }) => name)).toEqual(['Robin', 'Wren', 'Finch']);
    expect((await stat(sampleAgentKeysFile())).mode & 0o777).toBe(0o600);
    for (const { key } of kept) {
      const grant = await findGrant(deps.prisma, key);
      if (grant?.role !== 'agent' || grant.agentId === null) throw new Error('the sample agent has a key that is no agent’s');
      const principal: Principal = { kind: 'agent', teamId, keyId: grant.id, agentId: grant.agentId };
      // It changes no story that was told: nobody in them waits for it.
      expect(value(await conversations(deps, principal, { view: 'to_answer' })).items).toEqual([]);
    }

    value(await changeTicket(deps, mia, '1', { subject: 'Mine now' }, 'mine'));
    const again = await loadDemo(deps, where);
    expect(again).toMatchObject({ teamId, keys: [] });
    expect(value(await tickets(deps, mia, { limit: 200 })).items).toHaveLength(all.length);

    const countRows = async () => {
      const tables = await deps.prisma.$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'team_id' AND table_schema = 'public'`;
      let rows = 0;
      for (const { name } of tables) {
        const [found] = await deps.prisma.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${name}" WHERE team_id = $1`, teamId);
        rows += found?.n ?? 0;
      }
      return rows;
    };
    expect(await countRows()).toBeGreaterThan(100);
    value(await removeDemo(deps, where));
    expect(sampleAgentKeys()).toEqual([]);
    expect(await countRows()).toBe(0);
    expect(await deps.prisma.user.count({ where: { email: { endsWith: '@demo.demo.test' } } })).toBe(0);
    expect(await deps.prisma.team.findUnique({ where: { id: bystander.id } })).not.toBeNull();
    for (const { id } of all) {
      const { status } = await deps.client.workflow.getHandle(`ticket:${id}`).describe();
      expect(status.name).not.toBe('RUNNING');
    }
    value(await removeDemo(deps, where));
  }, 120_000);

  it('is finished by the next loading when the first one broke off', async () => {
    let calls = 0;
    const breaking: DemoDeps & { auth: Auth } = {
      ...deps,
      failpoint: () => {
        calls += 1;
        if (calls === 12) throw new Error('the process died');
      },
    };
    await expect(loadDemo(breaking, where)).rejects.toThrow('the process died');
    const loaded = await baton('demo', 'load');
    expect(loaded).toMatchObject({ code: 0, out: '', err: expect.stringContaining('sign-in-link') });
    const { teamId } = await loadDemo(deps, where);
    const mia = await miaOf(teamId);
    await waitFor(async () => value(await tickets(deps, mia, { limit: 200 })).items.length === 13, 'every ticket is there, and once');
    const all = value(await tickets(deps, mia, { limit: 200 })).items;
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(all.length);
    expect(await baton('demo', 'remove')).toMatchObject({ code: 0 });
    expect(await deps.prisma.team.findUnique({ where: { id: teamId } })).toBeNull();
  }, 120_000);
});
