import { createPool, createPrisma } from '#prisma/client.ts';
import { loadInstallationSecret } from '#prisma/store/installation-secret.ts';
import { createAuthDeps } from '../auth/auth-deps.ts';
import type { AuthDeps } from '../auth/auth-deps.ts';
import { describeEnv, parseEnv } from '../env.ts';
import type { Env } from '../env.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { wordsOf } from './checks/finding.ts';
import { COMMANDS } from './commands.ts';

const CALL = 'npm run baton --';

/** Runs one command and gives its exit code: 0 done, 1 refused or failed, 2 called wrongly. */
async function run(args: readonly string[], source: Readonly<Record<string, string | undefined>>): Promise<number> {
  const command = COMMANDS.find(({ name }) => args.slice(0, name.split(' ').length).join(' ') === name);
  const wantsHelp = args.some((arg) => arg === '--help' || arg === '-h');
  if (command === undefined) return overview(args, wantsHelp);
  if (wantsHelp) {
    console.log(usageOf(command));
    return 0;
  }
  const parsed = parseEnv(source);
  if (!parsed.ok) {
    console.error(parsed.problems.join('\n'));
    return 1;
  }
  return perform(command, args.slice(command.name.split(' ').length), parsed.env);
}

async function perform(command: Command, args: readonly string[], env: Env): Promise<number> {
  const closing: (() => Promise<void>)[] = [];
  const terminal = { env, print: (line: string) => console.log(line), say: (line: string) => console.error(line), deps: () => open(env, closing) };
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n${usageOf(command)}`);
      return 2;
    }
    console.error(`${command.name} failed: ${wordsOf(error)}\nWhat is wrong: ${CALL} doctor`);
    return 1;
  } finally {
    for (const close of closing) await close();
  }
}

async function open(env: Env, closing: (() => Promise<void>)[]): Promise<AuthDeps> {
  const secret = await loadInstallationSecret({ given: env.secret, dataFolder: env.dataFolder });
  const pool = createPool({ url: env.databaseUrl, max: 2 });
  const prisma = createPrisma({ pool });
  closing.push(async () => {
    await prisma.$disconnect();
    await pool.end();
  });
  return createAuthDeps({ prisma, pool, secret, publicUrl: env.publicUrl, now: Date.now });
}

function overview(args: readonly string[], wantsHelp: boolean): number {
  const text = [
    `${CALL} COMMAND`,
    '',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`),
    '',
    `Options of a command: ${CALL} COMMAND --help`,
    '',
    'Settings, from the environment:',
    describeEnv(),
  ].join('\n');
  if (wantsHelp || args.length === 0 || args[0] === 'help') {
    console.log(text);
    return 0;
  }
  console.error(`There is no command "${args.join(' ')}".\n\n${text}`);
  return 2;
}

function usageOf({ name, usage, summary }: Command): string {
  return `${CALL} ${name} ${usage}\n  ${summary}`;
}

process.exitCode = await run(process.argv.slice(2), process.env);
