import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '#api/app.ts';
import type { AppDeps } from '#api/app-deps.ts';
import { createAuthDeps } from '#api/auth/auth-deps.ts';
import { signInByPassword } from '#api/auth/sign-in.ts';
import { createEventHub } from '#api/events/event-hub.ts';
import { createRateLimits } from '#api/http/rate-limits.ts';
import type { RateLimitSettings } from '#api/http/rate-limits.ts';
import { issueKey } from '#api/keys/keys.ts';
import { createLog } from '#api/log.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import { createSecretBox } from '#prisma/store/secrets.ts';
import { createFileStore } from '#store/file-store.ts';
import { createLocalMailbox } from '#store/local-mailbox.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { createActivities } from '#activities/index.ts';
import { AGENT_LIMITS } from '#activities/agents/limits.ts';
import type { Llm } from '#activities/llm/llm.ts';
import { createLocalMailer } from '#activities/email/local-mailer.ts';
import { NativeConnection } from '@temporalio/worker';
import { GENEROUS } from './no-limits.ts';
import type { KeyRole } from '#workflows/contract/settings.ts';
import { createAgentWorker } from '../../worker/create-agent-worker.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { aWorkflowBundle } from './workflow-bundle.ts';
import { aDatabase, aFolder, aTaskQueue, temporalAddress } from './stack.ts';
import { value } from './team.ts';

const SECRET = 'a secret for tests that is long enough';

export interface ApiOptions {
  readonly limits?: Partial<RateLimitSettings>;
  readonly databaseUrl?: string;
  readonly temporalAddress?: string;
  readonly answerWithinMs?: number;
  readonly heartbeatMs?: number;
  /** The real worker beside it: tickets live. */
  readonly withWorker?: boolean;
  /** The installation's language model. */
  readonly llm?: Llm;
}

/** One api process, listening. */
export interface ApiProcess {
  readonly url: string;
  readonly deps: AppDeps;
  readonly logged: readonly string[];
  close(): Promise<void>;
}

export interface TestApi extends ApiProcess {
  readonly databaseUrl: string;
  readonly home: Home;
  /** Another process over the same database and task queue. */
  another(options?: ApiOptions): Promise<ApiProcess>;
}

export interface Home {
  readonly databaseUrl: string;
  readonly taskQueue: string;
  readonly folder: string;
}

/** An api over a migrated database of its own; without a worker tickets wait. */
export async function anApi(options: ApiOptions = {}): Promise<TestApi> {
  const [database, folder] = await Promise.all([aDatabase(), aFolder()]);
  const home: Home = { databaseUrl: database.url, taskQueue: aTaskQueue(), folder };
  const processes: ApiProcess[] = [];
  const another = async (more: ApiOptions = {}) => {
    const started = await anApiProcess(home, more);
    processes.push(started);
    return started;
  };
  const first = await another(options);
  const worker = options.withWorker ? await aWorkerOver(home, first.deps, options.llm ?? null) : null;
  return {
    ...first,
    databaseUrl: database.url,
    home,
    another,
    async close() {
      await worker?.close();
      await Promise.all(processes.map((one) => one.close()));
      await database.drop();
    },
  };
}

/** The real worker on the task queue of these apis, with mail to the local mailbox. */
async function aWorkerOver({ taskQueue }: Home, { csatTokens, publicUrl, prisma, client, files, mail, now, log, secretBox, webhooks }: AppDeps, llm: Llm | null): Promise<{ close(): Promise<void> }> {
  try {
    installRuntime(createLog({ level: 'fatal' }));
  } catch {
    // Another api of the same test file: the runtime is there.
  }
  const connection = await NativeConnection.connect({ address: temporalAddress() });
  if (mail.mailbox === null) throw new Error('a test api has a local mailbox');
  const activities = createActivities({
    prisma,
    client,
    taskQueue,
    files,
    now,
    mailer: createLocalMailer(mail.mailbox, () => new Date(now()).toISOString()),
    mailDomain: mail.domain,
    plusAddressKey: Buffer.alloc(32, 7),
    csatTokens,
    publicUrl,
    llm,
    agents: AGENT_LIMITS,
    secretBox,
    webhooks: { ...webhooks, deadlineMs: 15_000 },
  });
  const workers = await Promise.all([
    createWorker({ connection, namespace: 'default', taskQueue, bundle: await aWorkflowBundle(), activities }),
    createAgentWorker({ connection, namespace: 'default', taskQueue, activities }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  log.debug({ taskQueue }, 'a worker is there');
  return {
    async close() {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

/** One api process over what others share. */
export async function anApiProcess(home: Home, options: ApiOptions = {}): Promise<ApiProcess> {
  const databaseUrl = options.databaseUrl ?? home.databaseUrl;
  const logged: string[] = [];
  const log = createLog({ level: 'debug', to: { write: (line) => void logged.push(line) } });
  const [pool, crowdPool] = [createPool({ url: databaseUrl, max: 6 }), createPool({ url: databaseUrl, max: 3 })];
  const [prisma, crowd] = [createPrisma({ pool }), createPrisma({ pool: crowdPool })];
  const client = connectTemporal({ address: options.temporalAddress ?? temporalAddress(), namespace: 'default' });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const now = () => Date.now();
  const events = createEventHub({ prisma, databaseUrl, log });
  const deps: AppDeps = {
    ...createAuthDeps({ prisma, pool, secret: SECRET, publicUrl: url, now }),
    client,
    taskQueue: home.taskQueue,
    log,
    events,
    crowd,
    people: prisma,
    limits: createRateLimits({ pool, crowdPool, settings: { ...GENEROUS, ...options.limits }, now }),
    secretBox: createSecretBox(SECRET),
    files: createFileStore(`${home.folder}/files`),
    mail: { mailbox: createLocalMailbox(`${home.folder}/mailbox`), domain: 'baton.test', listenerUrl: 'smtp://127.0.0.1:1' },
    webhooks: { allowPrivate: true },
    llmModel: options.llm?.model ?? null,
    heartbeatMs: options.heartbeatMs ?? 500,
    webBuild: null,
    widgetBuild: null,
    proxies: 0,
    provesAnswers: true,
    ...(options.answerWithinMs !== undefined && { answerWithinMs: options.answerWithinMs }),
  };
  server.on('request', createApp(deps));
  let isClosed = false;
  return {
    url,
    deps,
    logged,
    async close() {
      if (isClosed) return;
      isClosed = true;
      server.closeIdleConnections();
      const closed = new Promise((resolve) => server.close(resolve));
      await events.close();
      server.closeAllConnections();
      await closed;
      await deps.keyring.settled();
      // A call that the SDK still repeats would throw on a closed channel.
      if (options.temporalAddress === undefined) await client.connection.close();
      await Promise.all([prisma.$disconnect(), crowd.$disconnect()]);
      await Promise.all([pool.end(), crowdPool.end()]);
    },
  };
}

/** An API key of a team. */
export async function aKey(deps: AppDeps, teamId: string, role: KeyRole, agentId?: string): Promise<string> {
  const made = value(await issueKey(deps, teamId, { name: `${role} key`, role, ...(agentId !== undefined && { agentId }) }));
  return made.key;
}

/** The headers of a signed-in browser of ours: its session and the token of its page. */
export async function aBrowser({ deps }: Pick<ApiProcess, 'deps'>, email: string, password = 'correct horse battery'): Promise<{ cookie: string; 'x-csrf-token': string }> {
  const session = value(await signInByPassword(deps, { headers: new Headers(), from: '127.0.0.1' }, { email, password }));
  const cookie = session.setCookie.map((one) => one.split(';')[0]).join('; ');
  const sessionToken = decodeURIComponent(/session_token=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '';
  return { cookie, 'x-csrf-token': deps.csrf.csrfTokenFor(deps.csrf.bindingFor({ headers: new Headers(), sessionToken })) };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; null for none. */
  readonly body: unknown;
}

export interface Asking {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks an api as a program would: `ask(api, 'POST /tickets', { key, body })`. */
export async function ask({ url }: Pick<ApiProcess, 'url'>, what: string, { key, body, headers = {} }: Asking = {}): Promise<Reply> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const target = path.startsWith('/api') || path.startsWith('/healthz') || path.startsWith('/readyz') ? path : `/api/v1${path}`;
  const response = await fetch(`${url}${target}`, {
    method,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : text === '' ? null : text;
  return { status: response.status, headers: response.headers, body: parsed };
}
