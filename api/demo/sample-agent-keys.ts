import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { issueKey } from '../keys/keys.ts';
import { done } from './demo-stage.ts';
import type { DemoDeps, Stage } from './demo-stage.ts';

/** `NAME KEY`, one agent a line. The launcher reads it (scripts/launcher/sample-agents.mjs). */
const fileIn = (dataFolder: string) => path.join(dataFolder, 'sample-agent-keys');

/**
 * Gives the sample agent a key of its own for each agent of the demo, so that revoking one silences it there and no other
 * program. They lie beside the installation's secret, readable for its owner alone.
 */
export async function keepSampleAgentKeys(deps: DemoDeps, { agents }: Pick<Stage, 'agents'>, dataFolder: string): Promise<void> {
  const lines: string[] = [];
  for (const [agent, { teamId, agentId }] of Object.entries(agents)) {
    const name = `${agent.charAt(0).toUpperCase()}${agent.slice(1)}`;
    const { key } = done(await issueKey(deps, teamId, { name: `${name} (sample agent)`, role: 'agent', agentId }));
    lines.push(`${name} ${key}\n`);
  }
  await mkdir(dataFolder, { recursive: true });
  const draft = `${fileIn(dataFolder)}-${randomUUID()}`;
  await writeFile(draft, lines.join(''), { mode: 0o600, flag: 'wx' });
  await rename(draft, fileIn(dataFolder));
}

/** Removes them with the demo; again changes nothing. */
export async function forgetSampleAgentKeys(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true });
}
