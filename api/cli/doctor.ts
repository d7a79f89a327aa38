import type { Finding } from './checks/finding.ts';
import { optionsOf } from './command.ts';
import type { Command } from './command.ts';

const MARKS = { fine: 'ok  ', off: '-   ', bad: 'FAIL' } as const;

/** Looks at everything an instance needs, each by a real round trip; exit code 1 when something is wrong. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'look at versions, ports, database, Temporal, SMTP and model; says what is wrong and what to do',
  usage: `[--reconcile]
  --reconcile: compare every open ticket with its workflow instead, write down again what differs, and recount the counters`,
  async run(args, terminal) {
    const options = optionsOf(args, { reconcile: { type: 'boolean' } });
    if (options.reconcile === true) return (await import('./reconcile.ts')).reconcile(terminal);
    // Loaded here: the other commands do without the clients that the checks need, and start sooner.
    const { CHECKS } = await import('./checks/all.ts');
    const findings = (await Promise.all(CHECKS.map((check) => check(terminal.env)))).flat();
    for (const finding of findings) terminal.print(lineOf(finding));
    const bad = findings.filter((finding) => finding.state === 'bad').length;
    terminal.print(bad === 0 ? 'Nothing is wrong.' : `${bad} ${bad === 1 ? 'thing is' : 'things are'} wrong.`);
    return bad === 0 ? 0 : 1;
  },
};

function lineOf({ what, state, found, advice }: Finding): string {
  return `${MARKS[state]} ${what.padEnd(12)} ${found}${advice === undefined ? '' : `  → ${advice}`}`;
}
