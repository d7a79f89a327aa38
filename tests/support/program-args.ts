import * as programs from '../../scripts/launcher/programs.mjs';

let prepared: Promise<void> | undefined;

/**
 * What Node is given to run a program of the server as people run it: built, and from the sources as they are now. The
 * one way to start a process of ours in a test.
 */
export async function programArgs(name: programs.ProgramName): Promise<string[]> {
  prepared ??= programs.prepareServer();
  await prepared;
  return programs.programArgs(name);
}
