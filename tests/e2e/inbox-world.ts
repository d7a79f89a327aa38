import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createTransport } from 'nodemailer';
import { createAddress } from '#api/agents/addresses.ts';
import { createAgent } from '#api/agents/agents.ts';
import { createAuthDeps } from '#api/auth/auth-deps.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { createKey } from '#api/keys/keys.ts';
import { addPerson } from '#api/people/add-person.ts';
import { invite } from '#api/people/invite.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { createTeam } from '#api/team/team.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import { programArgs } from '#tests/support/program-args.ts';
import { aDatabase, aFolder, aPort, aTaskQueue, temporalAddress } from '#tests/support/stack.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { workflowBundleEnv } from '#tests/support/workflow-bundle.ts';

export const SECRET = 'a secret for the browser tests, long enough';
export const PASSWORD = 'correct horse battery';
export const SUPPORT = 'support@desk.test';

export interface InboxWorld {
  readonly url: string;
  /** The use cases' own, as Ada: for what has to be there before somebody looks. */
  readonly deps: AuthDeps;
  readonly admin: Principal;
  /** Writes to the team by real mail. */
  mail(from: string, subject: string, text: string): Promise<void>;
  /** Asks the API with the key of the agent Robin. */
  robin(path: string, body?: unknown): Promise<Answer>;
  invitationLink(name: string): Promise<string>;
  killApi(): Promise<void>;
  startApi(): Promise<void>;
  /** Nothing that tickets owe is done until there is a worker again. */
  killWorker(): Promise<void>;
  startWorker(): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A whole installation as people run it: api and worker as processes, a team, an agent with a key, an address. */
export async function anInboxWorld({ llmUrl, smtpOutUrl }: { llmUrl?: string; smtpOutUrl?: string } = {}): Promise<InboxWorld> {
  const [database, folder, port, smtpPort] = await Promise.all([aDatabase(), aFolder(), aPort(), aPort()]);
  const url = `http://127.0.0.1:${port}`;
  const pool = createPool({ url: database.url, max: 5 });
  const prisma = createPrisma({ pool });
  const deps = createAuthDeps({ prisma, pool, secret: SECRET, publicUrl: url, now: () => Date.now() });
  const team = value(await createTeam(deps, { slug: 'browser', name: 'Northwind' }));
  const ada = value(await addPerson(deps, team.id, { email: 'ada@desk.test', name: 'Ada Quist', role: 'admin', password: PASSWORD }));
  value(await addPerson(deps, team.id, { email: 'noah@desk.test', name: 'Noah Sand', role: 'operator', password: PASSWORD }));
  const admin: Principal = { kind: 'operator', teamId: team.id, operatorId: ada.id, name: 'Ada Quist', role: 'admin' };
  const agent = value(await createAgent(deps, admin, { name: 'Robin' }));
  const before = value(await policy(deps, admin, agent.id));
  value(await putPolicy(deps, admin, agent.id, { overrides: { helpDesk: true } }, before.version));
  value(await createAddress(deps, admin, { address: SUPPORT, isDefault: true }));
  const { key } = value(await createKey(deps, admin, { name: 'Robin', role: 'agent', agentId: agent.id }));

  const env = {
    ...process.env,
    ...(await workflowBundleEnv()),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    BATON_TASK_QUEUE: aTaskQueue(),
    BATON_DATA: folder,
    BATON_SECRET: SECRET,
    PORT: String(port),
    SMTP_IN_PORT: String(smtpPort),
    PUBLIC_URL: url,
    MAIL_DOMAIN: 'desk.test',
    LOG_LEVEL: 'warn',
    WEBHOOK_ALLOW_PRIVATE: '1',
    ...(llmUrl !== undefined && { LLM_BASE_URL: llmUrl }),
    ...(smtpOutUrl !== undefined && { SMTP_OUT_URL: smtpOutUrl }),
    NODE_ENV: 'production' as const,
  };
  const argsOf = { worker: await programArgs('worker'), api: await programArgs('api') };
  const launch = (name: 'api' | 'worker') => spawn(process.execPath, argsOf[name], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  let api = launch('api');
  let worker = launch('worker');
  const isReady = () => waitFor(() => fetch(`${url}/readyz`).then(({ ok }) => ok, () => false), 'the api is ready', { withinMs: 120_000, everyMs: 100 });
  await isReady();
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });

  return {
    url,
    deps,
    admin,
    async mail(from, subject, text) {
      await transport.sendMail({ from, to: SUPPORT, subject, text });
    },
    async robin(path, body) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      return { status: response.status, body: typeof answer === 'object' && answer !== null ? { ...answer } : {} };
    },
    async invitationLink(name) {
      const { link } = value(await invite(deps, admin, { email: `${name.toLowerCase()}@desk.test`, name, role: 'operator' }));
      return link;
    },
    killApi: () => ended(api, 'SIGKILL'),
    async startApi() {
      api = launch('api');
      await isReady();
    },
    killWorker: () => ended(worker, 'SIGKILL'),
    startWorker() {
      worker = launch('worker');
    },
    async close() {
      transport.close();
      await Promise.all([ended(api, 'SIGKILL'), ended(worker, 'SIGKILL')]);
      await prisma.$disconnect();
      await pool.end();
      await database.drop();
    },
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
