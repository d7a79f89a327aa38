import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import type { AuthDeps } from '../auth/auth-deps.ts';
import type { Env } from '../env.ts';

/** One command of the command line; one command, one file. */
export interface Command {
  /** The words that call it, like `key create`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below the name. */
  readonly usage: string;
  /** Gives the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** What a command has to work with. */
export interface Terminal {
  readonly env: Env;
  /** A line of the answer, on standard output: what scripts read. */
  print(line: string): void;
  /** A line for people, on standard error. */
  say(line: string): void;
  /** The use cases' deps over the database; closed after the command. */
  deps(): Promise<AuthDeps>;
}

/** Somebody called a command wrongly: the message, then its usage, exit code 2. */
export class UsageError extends Error {}

/** The named options of a command, each at most once; anything else is a usage error. */
export function optionsOf<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The value of an option that must be given. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is needed`);
  return value;
}
