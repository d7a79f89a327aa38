// npm start: installs what is missing, starts everything, and says where it is.
import { spawn } from 'node:child_process';
import { lastLines, trimLog } from './launcher/child.mjs';
import { askCommand, hasCommand } from './launcher/command.mjs';
import { commandFor, START_USAGE, startOptions } from './launcher/options.mjs';
import { preparePackages, preparePages } from './launcher/prepare.mjs';
import { waitUntil } from './launcher/processes.mjs';
import { hasProgram } from './launcher/programs.mjs';
import { Refusal, runMain, say, secondsSinceStart, step } from './launcher/say.mjs';
import { runSampleAgents, sampleAgentsOf } from './launcher/sample-agents.mjs';
import { runNode, runServers, stopAll } from './launcher/servers.mjs';
import { openSession, whenToldToStop } from './launcher/session.mjs';

const READY_WITHIN_MS = 120_000;
const LOGS_LOOKED_AT_EVERY_MS = 600_000;

async function isReady(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function startPrograms(session) {
  const { data, ports, stops, paths } = session;
  const changed = (child) => session.changed(child);
  const pages = preparePages();
  // A failure of the servers is told first; this one is looked at when its turn comes.
  pages.catch(() => {});
  await step('Starting PostgreSQL and Temporal', () => runServers({ data, ports, changed, stops }));
  if (hasProgram('worker')) await runNode({ name: 'worker', data, ports, changed, stops });
  await pages;
  if (!hasProgram('api')) throw new Refusal('This clone has no api/main.ts to run.');
  await step('Starting worker and api', async () => {
    await runNode({ name: 'api', data, ports, changed, stops });
    if (await waitUntil(() => isReady(ports.http), READY_WITHIN_MS)) return;
    throw new Refusal(`The api did not become ready. The end of ${paths.log('api')}:\n${lastLines(paths.log('api'))}`);
  });
}

/** The demo team of a new data folder; broken off or failed, it is tried again at the next start. */
async function makeDemo(session) {
  if (session.instance.demo !== 'pending' || !hasCommand()) return;
  try {
    await step('Making the demo team', () => askCommand(['demo', 'load'], session.env));
    session.instance.demo = 'loaded';
    session.save();
  } catch (error) {
    say(`! The demo team could not be made; the next start tries again.\n${error.message}`);
  }
}

/** An empty installation begins with a team and the invitation of its first admin, who chooses name and password. */
async function makeFirstTeam(session) {
  if (session.instance.demo !== 'none' || session.instance.firstTeam || !hasCommand()) return undefined;
  try {
    await askCommand(['team', 'create', '--slug', 'desk', '--name', 'My team'], session.env).catch((error) => {
      // A start that was broken off here has made the team already.
      if (!/exists|taken/.test(error.message)) throw error;
    });
    const said = await askCommand(['invite', '--team', 'desk', '--role', 'admin', '--email', 'admin@example.com', '--name', 'Admin'], session.env);
    session.instance.firstTeam = true;
    return said.trim().split('\n').findLast((line) => line.startsWith('http'));
  } catch (error) {
    say(`! The first team could not be made: ${error.message}`);
    return undefined;
  }
}

async function signInLink(session) {
  if (!hasCommand()) return undefined;
  const invitation = await makeFirstTeam(session);
  if (invitation) return invitation;
  try {
    return (await askCommand(['sign-in-link'], session.env)).trim().split('\n').findLast((line) => line.startsWith('http'));
  } catch (error) {
    say(`! No sign-in link could be made: ${error.message}`);
    return undefined;
  }
}

function openBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(opener, [url], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}

function welcome(session, link) {
  const { ports, env, data } = session;
  const mine = (name, value) => (process.env[name] ? `${name} of the environment` : value);
  say();
  say(`Baton is ready after ${secondsSinceStart()} s: ${env.PUBLIC_URL}`);
  say(link ? `Sign in once with: ${link}` : `A one-time sign-in link: ${commandFor(data, 'sign-in-link')}`);
  say();
  say(`  Pages and API  http://localhost:${ports.http}`);
  say(`  SMTP in        127.0.0.1:${ports.smtp}`);
  say(`  Temporal       ${env.TEMPORAL_ADDRESS ?? 'by the envconfig profile'}`);
  say(`  PostgreSQL     ${mine('DATABASE_URL', `127.0.0.1:${ports.postgres}`)}`);
  say(`  Data and logs  ${data}`);
  const agents = new Intl.ListFormat('en').format(sampleAgentsOf(data).map(({ name }) => name));
  if (agents) say(`  Sample agent   answers as ${agents} of the demo: examples/sample-agent.mjs`);
  say();
  say('Ctrl-C stops everything; the next start goes on where it was.');
}

async function stopSession(session, why) {
  say(`\n· Stopping (${why})`);
  await session.close();
  say('· Stopped; nothing is left running.');
}

runMain(async () => {
  const options = startOptions(process.argv.slice(2));
  if (options.help) return say(START_USAGE);

  let session;
  let opening;
  let isStopping = false;
  whenToldToStop(async (why) => {
    isStopping = true;
    try {
      await opening?.catch(() => {});
      if (session) await stopSession(session, why);
      else await stopAll([]);
    } finally {
      process.exit(0);
    }
  });

  await preparePackages().catch((error) => (isStopping ? new Promise(() => {}) : Promise.reject(error)));
  opening = openSession({ data: options.data, port: options.port, kind: 'start' });
  session = await opening;
  session.instance.demo ??= options.empty ? 'none' : 'pending';
  try {
    await startPrograms(session);
    session.nowRunning();
    await makeDemo(session);
    session.stops.push({ rank: -1, running: runSampleAgents({ data: session.data, port: session.ports.http }) });
  } catch (error) {
    // Steps that fail because we are stopping are no news; the stopping ends the process.
    if (isStopping) return new Promise(() => {});
    await session.close();
    throw error;
  }
  const link = session.instance.welcomed ? undefined : await signInLink(session);
  if (link) session.instance.welcomed = true;
  session.save();
  welcome(session, link);
  if (options.open && process.stdout.isTTY) openBrowser(link ?? session.env.PUBLIC_URL);
  setInterval(() => ['postgres', 'temporal', 'worker', 'api', 'sample-agent'].forEach((name) => trimLog(session.paths.log(name))), LOGS_LOOKED_AT_EVERY_MS);
  // From here on the children, their watchers and signals keep us.
});
