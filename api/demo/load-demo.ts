import { findTeamBySlug } from '#prisma/store/teams.ts';
import type { Auth } from '../auth/auth.ts';
import { changeTeam } from '../team/team.ts';
import { done } from './demo-stage.ts';
import type { DemoDeps, Stage } from './demo-stage.ts';
import { DEMO_NAME, DEMO_SLUG, makeDemoTeam, UNFINISHED_NAME } from './demo-team.ts';
import type { AgentKey } from './demo-team.ts';
import { STORIES } from './demo-stories.ts';
import { keepSampleAgentKeys } from './sample-agent-keys.ts';

/** So many stories are played at once: the server is not asked for more than a busy desk would ask. */
const AT_ONCE = 3;

export interface DemoLoaded {
  readonly teamId: string;
  /** The mail address of the demo's admin. */
  readonly admin: string;
  /** Keys that were made just now. */
  readonly keys: readonly AgentKey[];
}

/**
 * Makes the demo team with people, agents and tickets in every state, all through the use cases. Loading it again, or
 * after it broke off, makes what is missing and nothing twice. Throws with the refusal's words; needs a running worker.
 */
export async function loadDemo(deps: DemoDeps & { auth: Auth }, { mailDomain, dataFolder }: { mailDomain: string; dataFolder: string }): Promise<DemoLoaded> {
  const known = await findTeamBySlug(deps.prisma, DEMO_SLUG);
  // Whatever people have done with it since is theirs.
  if (known !== null && known.isDemo && known.name !== UNFINISHED_NAME) return { teamId: known.id, admin: `mia@demo.${mailDomain}`, keys: [] };
  const { stage, keys } = await makeDemoTeam(deps, mailDomain);
  await play(stage);
  // Only now: the sample agent must not speak in stories that are still being told.
  await keepSampleAgentKeys(deps, stage, dataFolder);
  done(await changeTeam(deps, stage.people.mia, { name: DEMO_NAME }));
  return { teamId: stage.people.mia.teamId, admin: `mia@demo.${mailDomain}`, keys };
}

async function play(stage: Stage): Promise<void> {
  const waiting = [...STORIES];
  const actor = async (): Promise<void> => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) await story(stage);
  };
  // One that breaks off ends the loading, but not before the others have come to their story's end: nobody plays on behind it.
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => actor().catch((error: unknown) => {
    waiting.length = 0;
    throw error;
  })));
  const broken = ended.find(({ status }) => status === 'rejected');
  if (broken?.status === 'rejected') throw broken.reason;
}
