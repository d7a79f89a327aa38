import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { principalFromRequest } from '#api/auth/principal-from-request.ts';
import { createWebAuth } from '#api/auth/web-auth.ts';
import { createAuthDeps } from '#api/auth/auth-deps.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createTeam } from '#api/team/team.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import { programArgs } from '#tests/support/program-args.ts';
import { aDatabase, aFolder, aPort, temporalAddress } from '#tests/support/stack.ts';
import type { TestDatabase } from '#tests/support/stack.ts';
import { codeOf, value } from '#tests/support/team.ts';

const SECRET = 'a secret for tests that is long enough';
const PUBLIC_URL = 'https://desk.example';
let database: TestDatabase;
let env: Record<string, string>;
let deps: AuthDeps;
let closePool: () => Promise<void>;

beforeAll(async () => {
  database = await aDatabase();
  const [port, smtpPort] = [await aPort(), await aPort()];
  env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    BATON_DATA: await aFolder(),
    BATON_SECRET: SECRET,
    PUBLIC_URL,
    PORT: String(port),
    SMTP_IN_PORT: String(smtpPort),
  };
  const pool = createPool({ url: database.url });
  closePool = () => pool.end();
  deps = createAuthDeps({ prisma: createPrisma({ pool }), pool, secret: SECRET, publicUrl: PUBLIC_URL, now: Date.now });
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

/** Runs the command line as people do, in a process of its own. */
async function baton(args: string, more: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const words = [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const program = await programArgs('baton');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...program, ...words], { env: { NODE_ENV: 'test', ...env, ...more } }, (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

describe('the command line, on an empty installation', () => {
  it('leads from nothing to a signed-in admin and a working key', async () => {
    const early = await baton('sign-in-link');
    expect([early.code, early.out]).toEqual([1, '']);
    expect(early.err).toContain('team create');

    const team = await baton('team create --slug acme --name "Acme Teapots"');
    expect(team.out).toMatch(/^team_\w{22}\n$/);

    const invited = await baton('invite --email Mia@Acme.example --name "Mia Berg" --role admin --team acme');
    expect(invited.out).toMatch(/^https:\/\/desk\.example\/invitations\/[\w-]{43}\n$/);
    const token = invited.out.trim().split('/').at(-1) ?? '';
    const browser = { headers: new Headers(), from: '192.0.2.1' };
    value(await createWebAuth(deps, browser).acceptInvitation({ token, name: 'Mia Berg', password: 'correct horse battery' }));

    const [link, anyLink, stranger, key] = await Promise.all([
      baton('sign-in-link --email mia@acme.example'),
      baton('sign-in-link'),
      baton('sign-in-link --email who@acme.example'),
      baton('key create --role viewer --team acme --name CI'),
    ]);
    expect(link.out).toMatch(/^https:\/\/desk\.example\/sign-in\/link\?token=\w+\n$/);
    expect(codeOf(await createWebAuth(deps, browser).signInByLink(new URL(link.out.trim()).searchParams.get('token') ?? ''))).toBe('ok');
    expect(anyLink.code).toBe(0);
    expect(stranger.err).toContain('no active member');
    expect(key.out).toMatch(/^bat_v_\w{43}\n$/);
    const headers = new Headers({ authorization: `Bearer ${key.out.trim()}` });
    expect(value(await principalFromRequest(deps, headers)).principal).toMatchObject({ kind: 'key', teamId: team.out.trim(), role: 'viewer' });
  }, 180_000);

  it('says what is wrong with a call, and what would be right', async () => {
    value(await createTeam(deps, { slug: 'other', name: 'Other' }));
    const calls = await Promise.all([
      baton('dance'),
      baton('key create --team other'),
      baton('key create --role king --team other'),
      baton('key create --role agent --team other'),
      baton('key create --role viewer --team nowhere'),
      baton('key create --role viewer --team other --colour red'),
      baton('team create --slug other --name Again'),
    ]);
    expect(calls.map(({ code }) => code)).toEqual([2, 2, 1, 2, 1, 2, 1]);
    expect(calls.map(({ out }) => out).join('')).toBe('');
    const said = calls.map(({ err }) => err);
    ['no command "dance"', '--role is needed', '--role: ', '--agent is needed', 'There is no team "nowhere"', "'--colour'", 'another team has it'].forEach((words, n) => expect(said[n]).toContain(words));
  }, 180_000);

  it('prints every command and every setting when asked, with no settings at all', async () => {
    const [all, one, unset, wrong] = await Promise.all([
      baton('--help', { DATABASE_URL: '' }),
      baton('key create --help', { DATABASE_URL: '' }),
      baton('key create --role viewer --team x', { DATABASE_URL: '' }),
      baton('doctor', { PORT: 'many', BATON_SECRET: 'short' }),
    ]);
    expect(all.code).toBe(0);
    for (const words of ['key create', 'sign-in-link', 'doctor', 'DATABASE_URL', 'SMTP_OUT_URL', '[4000]']) expect(all.out).toContain(words);
    expect(one.out).toContain('--agent NAME');
    expect(unset.err).toBe('DATABASE_URL must be set\n');
    expect(wrong.err).toMatch(/PORT: .*\nBATON_SECRET: must have at least 32/);
  }, 180_000);
});

describe('the doctor', () => {
  it('finds nothing wrong with an instance that is stopped', async () => {
    const { code, out } = await baton('doctor');
    expect(out).toMatch(/ok {3}Database +PostgreSQL 1\d/);
    expect(out).toMatch(/ok {3}Migrations +all are applied/);
    expect(out).toMatch(/ok {3}Temporal +Temporal 1\./);
    expect(out).toMatch(/- {4}API +nothing runs/);
    expect(out).toMatch(/- {4}SMTP out +mail goes to the local mailbox/);
    expect(out).toContain('Nothing is wrong.');
    expect(code).toBe(0);
  }, 180_000);

  it('asks the real SMTP server and the real model endpoint', async () => {
    const smtp = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'] });
    const smtpPort = await new Promise<number>((resolve) => {
      const server = smtp.listen(0, '127.0.0.1', () => resolve(portOf(server)));
    });
    const asked: string[] = [];
    const model = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: '1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'ready' } }] }));
    });
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    const { code, out } = await baton('doctor', {
      SMTP_OUT_URL: `smtp://127.0.0.1:${smtpPort}`,
      LLM_BASE_URL: `http://127.0.0.1:${portOf(model)}/v1`,
      LLM_MODEL: 'small',
      LLM_API_KEY: 'k',
    });
    await new Promise<void>((resolve) => smtp.close(resolve));
    await new Promise((resolve) => model.close(resolve));
    expect(out).toMatch(/ok {3}SMTP out/);
    expect(out).toMatch(/ok {3}Model +small at/);
    expect(asked).toEqual(['POST /v1/chat/completions Bearer k']);
    expect(code).toBe(0);
  }, 180_000);

  it('names everything that is wrong, what to do, and no password', async () => {
    const nobody = await aPort();
    const { code, out } = await baton('doctor', {
      DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${nobody}/x`,
      TEMPORAL_ADDRESS: `127.0.0.1:${nobody}`,
      SMTP_OUT_URL: `smtp://u:hunter2@127.0.0.1:${nobody}`,
      LLM_BASE_URL: `http://127.0.0.1:${nobody}/v1`,
      LLM_MODEL: 'small',
    });
    for (const [what, advice] of [['Database', 'DATABASE_URL'], ['Temporal', 'TEMPORAL_ADDRESS'], ['SMTP out', 'SMTP_OUT_URL'], ['Model', 'LLM_BASE_URL']]) {
      expect(out).toMatch(new RegExp(`FAIL ${what} .*→.*${advice}`));
    }
    expect(out).toContain('4 things are wrong.');
    expect(out).not.toContain('hunter2');
    expect(code).toBe(1);
  }, 180_000);

  it('tells a database without tables from one that is ready', async () => {
    const url = new URL(database.url);
    url.pathname = '/postgres';
    const { code, out } = await baton('doctor', { DATABASE_URL: url.href });
    expect(out).toMatch(/FAIL Migrations +missing: 0001_/);
    expect(code).toBe(1);
  }, 180_000);

  it('says which counter was wrong and puts it right, and finds nothing the second time', async () => {
    const team = value(await createTeam(deps, { slug: 'counted', name: 'Counted' }));
    await deps.prisma.counter.create({ data: { teamId: team.id, key: 'unassigned', n: 3 } });
    const first = await baton('doctor --reconcile');
    expect(first.out).toContain('ok   counted the count of Unassigned said 3 and says 0 now\n');
    expect(first.out).toContain('1 counter was wrong and is right now.');
    expect((await baton('doctor --reconcile')).out).toContain('Every counter was right.');
    expect(first.code).toBe(0);
  }, 180_000);
});

function portOf(server: { address(): ReturnType<Server['address']> }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
