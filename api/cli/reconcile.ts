import { recountTeam } from '#prisma/store/recount.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { openTickets, type Reconciled, reconcileTicket } from '#switchboard/reconcile.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { wordsOf } from './checks/finding.ts';
import type { Terminal } from './command.ts';

const WORDS: Readonly<Record<Reconciled, string>> = {
  same: 'is as its workflow says',
  written: 'was behind its workflow and is written down now',
  restored: 'had lost or other rows and is written down again; its timeline says so',
  different: 'differs from its workflow and could not be written down: is the worker running?',
};

/**
 * `doctor --reconcile`: compares every open ticket with its workflow and has it written down again where they differ,
 * then counts again what each team's counters stand for. Exit code 1 where a ticket still differs.
 */
export async function reconcile({ env, deps, print }: Pick<Terminal, 'env' | 'deps' | 'print'>): Promise<number> {
  const { prisma } = await deps();
  const client = connectTemporal({
    ...(env.temporalAddress === undefined ? {} : { address: env.temporalAddress }),
    ...(env.temporalNamespace === undefined ? {} : { namespace: env.temporalNamespace }),
  });
  const switchboard: SwitchboardDeps = { prisma, client, taskQueue: env.taskQueue };
  const counts: Record<Reconciled, number> = { same: 0, written: 0, restored: 0, different: 0 };
  let mended = 0;
  try {
    for (const { id: teamId, slug } of await prisma.team.findMany({ orderBy: { slug: 'asc' }, select: { id: true, slug: true } })) {
      for (const ids of await openTickets(switchboard, teamId)) {
        const { outcome, words } = await outcomeOf(switchboard, ids);
        counts[outcome] += 1;
        if (outcome !== 'same') print(`${outcome === 'different' ? 'FAIL' : 'ok  '} ${slug} ${ids.ticketId} ${words}`);
      }
      for (const { key, claimed, counted } of await recountTeam(prisma, teamId)) {
        mended += 1;
        print(`ok   ${slug} ${countWords(key)} said ${claimed} and says ${counted} now`);
      }
    }
  } finally {
    await client.connection.close();
  }
  print(`${counts.same + counts.written + counts.restored} open tickets are as their workflows say, ${counts.written + counts.restored} of them only now; ${counts.different} are not.`);
  print(mended === 0 ? 'Every counter was right.' : `${mended} ${mended === 1 ? 'counter was' : 'counters were'} wrong and ${mended === 1 ? 'is' : 'are'} right now.`);
  return counts.different === 0 ? 0 : 1;
}

/** A counter as its readers know it. */
function countWords(key: string): string {
  const [kind = '', of = ''] = key.split(':');
  switch (kind) {
    case 'active':
      return 'the count of All';
    case 'inbox':
      return `the Inbox count of ${of}`;
    case 'mentions':
      return `the Mentions count of ${of}`;
    case 'bell':
      return `the bell of ${of}`;
    case 'follows':
      return `the progress of settings (${key.slice('follows:'.length)})`;
    default:
      return `the count of ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  }
}

async function outcomeOf(deps: SwitchboardDeps, ids: { teamId: string; ticketId: string }): Promise<{ outcome: Reconciled; words: string }> {
  try {
    const outcome = await reconcileTicket(deps, ids);
    return { outcome, words: WORDS[outcome] };
  } catch (error) {
    return { outcome: 'different', words: `could not be compared: ${wordsOf(error)}` };
  }
}
