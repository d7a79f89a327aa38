import { removeDemo } from '../demo/remove-demo.ts';
import { answer } from './answer.ts';
import { optionsOf } from './command.ts';
import type { Command } from './command.ts';
import { withTickets } from './demo-terminal.ts';

/** Removes the demo team and everything of it. */
export const demoRemove: Command = {
  name: 'demo remove',
  summary: 'remove the demo team and everything of it',
  usage: '',
  async run(args, terminal) {
    optionsOf(args, {});
    return withTickets(terminal, async (deps) => answer(terminal, await removeDemo(deps, terminal.env)));
  },
};
