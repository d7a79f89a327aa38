import { loadDemo } from '../demo/load-demo.ts';
import { optionsOf } from './command.ts';
import type { Command } from './command.ts';
import { withTickets } from './demo-terminal.ts';

/** Makes the demo team; prints the keys of its agents when they are made. */
export const demoLoad: Command = {
  name: 'demo load',
  summary: 'make the demo team: people, agents, tickets in every state; again is fine',
  usage: `
  needs a running instance; prints the key of each agent that is made, one a line
  the sample agent's own keys go into the data folder, where npm start finds them`,
  async run(args, terminal) {
    optionsOf(args, {});
    return withTickets(terminal, async (deps) => {
      const { admin, keys } = await loadDemo(deps, { mailDomain: terminal.env.mailDomain, dataFolder: terminal.env.dataFolder });
      for (const { agent, key } of keys) terminal.print(`${agent} ${key}`);
      terminal.say(`The demo team is there. Sign in: npm run baton -- sign-in-link --email ${admin} --team demo`);
      return 0;
    });
  },
};
