import { editUnderFire, seconds } from './edit-campaign.ts';
import { startInstallation } from './installation.ts';

/** Plays an edit of so many open tickets, prints how it goes and what came of it, and answers whether all is well. */
export async function reportEdit(tickets: number, { withLogs, say }: { withLogs: boolean; say: (line: string) => void }): Promise<boolean> {
  const installation = await startInstallation();
  try {
    const verdict = await editUnderFire(installation, { tickets, births: tickets, killedAfter: [0.2, 0.6].map((share) => Math.round(tickets * share)), say });
    const { wrong, behindAtDeaths, bornMeanwhile, birthsMs, progress, told, tookMs } = verdict;
    for (const words of wrong.slice(0, 50)) say(`    ${words}`);
    const wrongTickets = new Set(wrong.map((words) => /tkt_\w+/.exec(words)?.[0])).size;
    const sorted = birthsMs.toSorted((a, b) => a - b);
    const quantile = (share: number) => seconds(sorted[Math.floor(sorted.length * share)] ?? 0);
    say('');
    say(`the worker was killed with ${behindAtDeaths.join(' and with ')} of ${tickets} tickets to go; ${told ?? 'not known how many'} were told`);
    say(`${bornMeanwhile} tickets were born meanwhile, half of them within ${quantile(0.5)}, 95 % within ${quantile(0.95)}`);
    say(`progress says ${progress.following} of ${progress.openTickets}, ${progress.isDone ? 'done' : 'not done'}`);
    say(`${verdict.tickets} open tickets: ${verdict.tickets - wrongTickets} right, ${wrongTickets} wrong; the edit took ${seconds(tookMs)}`);
    return wrong.length === 0 && progress.isDone && told !== null;
  } finally {
    if (withLogs) say(installation.logs());
    await installation.close();
  }
}
