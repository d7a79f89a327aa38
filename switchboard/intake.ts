import type { SwitchboardDeps } from './tickets.ts';

export async function resumeIntake(_deps: SwitchboardDeps, _mail: { teamId: string; mailId: string; hash: string }): Promise<void> {
  await Promise.resolve();
}
