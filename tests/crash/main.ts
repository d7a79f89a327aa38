import { parseArgs } from 'node:util';
import { startCampaign, type Verdict } from './campaign.ts';
import { reportEdit } from './edit-report.ts';
import { nameOf, type Pair, PAIRS } from './pairs.ts';

// Run by scripts/crash.mjs, which starts the servers. Ends with one line of counts; exit code 1 when anything is wrong.
// --edit N plays one edit of the SLA that N open tickets follow instead of the stories.
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    edit: { type: 'string' },
    logs: { type: 'boolean', default: false },
  },
});
const pairs = PAIRS.filter((pair) => nameOf(pair).includes(values.only));

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Tally {
  seeds: number;
  wrong: string[];
  longestMs: number;
}

function tell({ pair, seed, wrong, deeds, hitAfterMs, tookMs }: Verdict): void {
  const done = Object.values(deeds).reduce((sum, n) => sum + n, 0);
  say(`${wrong.length === 0 ? '✓' : '✗'} ${nameOf(pair).padEnd(42)} seed ${String(seed).padStart(3)}  hit after ${hitAfterMs ?? '–'} ms, ${done} deeds, at rest after ${(tookMs / 1_000).toFixed(1)} s`);
  for (const words of wrong) say(`    ${words}`);
}

async function playEdit(given: string): Promise<number> {
  const tickets = Number(given);
  if (!Number.isInteger(tickets) || tickets < 10) throw new Error('--edit takes the number of tickets: 10 or more');
  return (await reportEdit(tickets, { withLogs: values.logs, say })) ? 0 : 1;
}

async function run(): Promise<number> {
  const tallies = new Map<Pair, Tally>(pairs.map((pair) => [pair, { seeds: 0, wrong: [], longestMs: 0 }]));
  const campaign = await startCampaign();
  const pending: Promise<void>[] = [];
  const first = Number(values.from);
  try {
    for (const pair of pairs) {
      for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
        const { verdict } = await campaign.strike(pair, seed);
        const told = verdict.then((one) => {
          const tally = tallies.get(pair);
          tell(one);
          if (tally === undefined) return;
          tally.seeds += 1;
          tally.wrong.push(...one.wrong);
          tally.longestMs = Math.max(tally.longestMs, one.tookMs);
        });
        pending.push(told);
      }
    }
    await Promise.all(pending);
  } finally {
    if (values.logs) say(campaign.logs());
    await campaign.close();
  }
  say('');
  for (const [pair, { seeds, wrong, longestMs }] of tallies) say(`${nameOf(pair).padEnd(42)} ${seeds} seeds, ${wrong.length} wrong, longest ${(longestMs / 1_000).toFixed(1)} s`);
  const failed = [...tallies.values()].filter(({ wrong }) => wrong.length > 0).length;
  const seeds = [...tallies.values()].reduce((sum, one) => sum + one.seeds, 0);
  say(`${pairs.length - failed} passed, ${failed} failed (places to die; ${seeds} crashes)`);
  return failed === 0 && seeds > 0 ? 0 : 1;
}

process.exitCode = values.edit === undefined ? await run() : await playEdit(values.edit);
