// npm run baton -- COMMAND: runs the command line against the running instance, or starts what it needs.
import { runCommand } from './launcher/command.mjs';
import { dataFolder } from './launcher/options.mjs';
import { preparePackages } from './launcher/prepare.mjs';
import { sleep } from './launcher/processes.mjs';
import { hasProgram, prepareServer } from './launcher/programs.mjs';
import { runMain, sayOnStandardError } from './launcher/say.mjs';
import { runNode, runServers, stopAll } from './launcher/servers.mjs';
import { openSession, runningEnvironment, whenToldToStop } from './launcher/session.mjs';
import { pathsOf } from './launcher/instance.mjs';
import { holderOf } from './launcher/lock.mjs';

/** Needs no server: help is asked before anything works. */
const isHelp = (args) => args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help';

/** The environment of the instance once its launcher has come up; undefined when none runs. */
async function environmentOfRunning(data) {
  for (;;) {
    const env = runningEnvironment(data);
    if (env) return env;
    if (holderOf(pathsOf(data).lock)?.kind !== 'start') return undefined;
    await sleep(200);
  }
}

runMain(async () => {
  sayOnStandardError();
  const args = process.argv.slice(2);
  const given = args[0] === '--data' ? args.splice(0, 2)[1] : undefined;
  const data = dataFolder(given);

  let session;
  let opening;
  whenToldToStop(async () => {
    try {
      await opening?.catch(() => {});
      await stopAll([]);
      await session?.close();
    } finally {
      process.exit(130);
    }
  });

  await preparePackages();
  await prepareServer();
  if (isHelp(args)) return runCommand(args, { ...process.env, BATON_DATA: data });
  const running = await environmentOfRunning(data);
  if (running) return runCommand(args, { ...process.env, ...running });

  opening = openSession({ data, kind: 'command' });
  session = await opening;
  let code = 1;
  try {
    const { ports, stops } = session;
    const changed = (child) => session.changed(child);
    await runServers({ data, ports, changed, stops });
    if (hasProgram('worker')) await runNode({ name: 'worker', data, ports, changed, stops });
    code = await runCommand(args, session.env);
  } finally {
    await session.close();
  }
  process.exit(code);
});
