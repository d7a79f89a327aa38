import type { Command } from './command.ts';
import { demoLoad } from './demo-load.ts';
import { demoRemove } from './demo-remove.ts';
import { doctor } from './doctor.ts';
import { invite } from './invite.ts';
import { keyCreate } from './key-create.ts';
import { signInLinkCommand } from './sign-in-link.ts';
import { teamCreate } from './team-create.ts';

/** Every command, in the order in which they are listed. */
export const COMMANDS: readonly Command[] = [teamCreate, invite, signInLinkCommand, keyCreate, demoLoad, demoRemove, doctor];
