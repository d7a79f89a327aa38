import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import path from 'node:path';
import { createPool, createPrisma } from '#prisma/client.ts';
import { PROJECT_ROOT } from '#prisma/project-root.ts';
import { failpointFrom } from '#prisma/store/failpoint.ts';
import { createFileStore } from '#prisma/store/file-store.ts';
import { createLocalMailbox } from '#prisma/store/local-mailbox.ts';
import { createSecretBox } from '#prisma/store/secrets.ts';
import { loadInstallationSecret } from '#prisma/store/installation-secret.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { releaseDeadWorkers } from '#switchboard/release-dead-workers.ts';
import { createApp } from './app.ts';
import type { AppDeps } from './app-deps.ts';
import { createAuthDeps } from './auth/auth-deps.ts';
import { startChores } from './chores.ts';
import { describeEnv, parseEnv } from './env.ts';
import type { Env } from './env.ts';
import { createEventHub } from './events/event-hub.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { createLog } from './log.ts';
import { startMailIn } from './email/mail-in.ts';

const WEB_BUILD = path.join(PROJECT_ROOT, 'build', 'web');
const WIDGET_BUILD = path.join(PROJECT_ROOT, 'build', 'widget');
const POOL_SIZE = 14;
const CROWD_POOL_SIZE = 6;
const HEARTBEAT_MS = 15_000;
/** Open requests get this long to finish after SIGTERM. */
const GRACE_MS = 10_000;

async function connect(env: Env): Promise<{ deps: AppDeps; close: () => Promise<void> }> {
  const log = createLog({ level: env.logLevel });
  const secret = await loadInstallationSecret({ given: env.secret, dataFolder: env.dataFolder });
  const pool = createPool({ url: env.databaseUrl, max: POOL_SIZE });
  const crowdPool = createPool({ url: env.databaseUrl, max: CROWD_POOL_SIZE });
  const [prisma, crowd] = [createPrisma({ pool }), createPrisma({ pool: crowdPool })];
  const client = connectTemporal({
    ...(env.temporalAddress !== undefined && { address: env.temporalAddress }),
    ...(env.temporalNamespace !== undefined && { namespace: env.temporalNamespace }),
  });
  const now = Date.now;
  const failpoint = failpointFrom(env.isTest ? env.failpoint : undefined, () => process.kill(process.pid, 'SIGKILL'));
  const events = createEventHub({ prisma, databaseUrl: env.databaseUrl, log });
  const deps: AppDeps = {
    ...createAuthDeps({ prisma, pool, secret, publicUrl: env.publicUrl, now }),
    crowd,
    people: prisma,
    client,
    taskQueue: env.taskQueue,
    log,
    events,
    limits: createRateLimits({ pool, crowdPool, settings: env.rateLimit, now }),
    secretBox: createSecretBox(secret),
    files: createFileStore(path.join(env.dataFolder, 'files')),
    mail: {
      mailbox: env.smtpOutUrl === undefined ? createLocalMailbox(path.join(env.dataFolder, 'mailbox')) : null,
      domain: env.mailDomain,
      listenerUrl: `smtp://${reachable(env.smtpInHost)}:${env.smtpInPort}`,
    },
    webhooks: env.webhooks,
    llmModel: env.llmModel,
    ...(failpoint !== undefined && { failpoint }),
    heartbeatMs: HEARTBEAT_MS,
    webBuild: existsSync(WEB_BUILD) ? WEB_BUILD : null,
    widgetBuild: existsSync(WIDGET_BUILD) ? WIDGET_BUILD : null,
    proxies: env.proxies,
    provesAnswers: env.isTest,
  };
  const close = async () => {
    await events.close();
    await deps.keyring.settled();
    // The connection to Temporal ends with the process: a call that the SDK still repeats would throw on a closed one.
    await Promise.all([prisma.$disconnect(), crowd.$disconnect()]);
    await Promise.all([pool.end(), crowdPool.end()]);
  };
  return { deps, close };
}

async function run(env: Env): Promise<void> {
  const { deps, close } = await connect(env);
  const { log } = deps;
  // Begun before the first command, which does not wait for it.
  void releaseDeadWorkers(deps);
  const server = createServer(createApp(deps));
  await listen(server, env);
  const mailIn = await startMailIn(deps, { port: env.smtpInPort, host: env.smtpInHost, name: env.mailDomain, spoolFolder: path.join(env.dataFolder, 'incoming') });
  const chores = startChores(deps);
  log.info({ url: env.publicUrl, port: env.port, smtpPort: mailIn.port, pages: deps.webBuild !== null }, 'the api is there');

  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    // Streams never finish by themselves: they end first, and their readers come back elsewhere.
    await Promise.all([deps.events.close(), mailIn.close(), closed]);
    clearTimeout(late);
    await chores.stop();
    await close();
    log.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}

/** An address to listen on is not always one to connect to. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function listen(server: Server, { port, host }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

if (process.argv.includes('--help')) {
  process.stdout.write(`node build/server/api/main.js\n\nSettings, from the environment:\n${describeEnv()}\n`);
} else {
  const parsed = parseEnv(process.env);
  if (parsed.ok) await run(parsed.env);
  else {
    process.stderr.write(`${parsed.problems.join('\n')}\n`);
    process.exitCode = 1;
  }
}
