import { startSweeper } from '#switchboard/sweepers.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { sweeperWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { chanceOf } from './chance.ts';
import { MAIL_DOMAIN, startInstallation } from './installation.ts';
import { gatherFacts } from './invariants/facts.ts';
import { violations } from './invariants/all.ts';
import { aLedger, type Ledger } from './ledger.ts';
import type { Pair } from './pairs.ts';
import { play } from './play.ts';
import { stillUnderWay } from './settled.ts';
import { aStaff, aTeamUnderTest } from './team-under-test.ts';
import { wordsOf } from './words-of.ts';

/** What became of one seed of one pair. */
export interface Verdict {
  readonly pair: Pair;
  readonly seed: number;
  /** What must not be, in words; empty: all is well. */
  readonly wrong: readonly string[];
  readonly deeds: Readonly<Record<string, number>>;
  readonly hitAfterMs: number | null;
  readonly tookMs: number;
}

/** One installation, killed again and again at named places while stories are played on it. */
export interface Campaign {
  /** Plays one story, kills the process on the way, and resolves when the process is back; the verdict comes later. */
  strike(pair: Pair, seed: number): Promise<{ readonly verdict: Promise<Verdict> }>;
  logs(): string;
  close(): Promise<void>;
}

interface Ending {
  readonly teamId: string;
  readonly slug: string;
  readonly ledger: Ledger;
  readonly played: Promise<string[]>;
  readonly missed: readonly string[];
}

const HIT_WITHIN_MS = 180_000;
/** So many stories may be coming to rest while the next one is played: more would drown a small machine. */
const MOST_AT_ONCE = 8;
/** A lease of a dead sender lasts a minute, a dead worker's try another. */
const REST_WITHIN_MS = 420_000;

export async function startCampaign(): Promise<Campaign> {
  const installation = await startInstallation();
  const { desk, prisma, client, deps, switchboard, mailServer, smtpPort } = installation;
  const staff = await aStaff(deps);
  const atOnce = new Set<Promise<void>>();

  async function strike(pair: Pair, seed: number): Promise<{ verdict: Promise<Verdict> }> {
    while (atOnce.size >= MOST_AT_ONCE) await Promise.race(atOnce);
    const startedAt = Date.now();
    const slug = `s${seed}-${pair.process}-${pair.failpoint.replaceAll('_', '-')}`.slice(0, 40);
    const chance = chanceOf(slug);
    const team = await aTeamUnderTest(deps, staff, slug);
    await startSweeper(switchboard, team.teamId);
    const ledger = aLedger();
    let marks = 0;
    const next = () => `${slug}.${(marks += 1)}`;
    desk.arm(pair, 1 + chance.below(pair.mostHits));
    let hitAfterMs: number | null = null;
    const isHit = () => {
      if (hitAfterMs === null && desk.isHit(pair)) hitAfterMs = Date.now() - startedAt;
      return hitAfterMs !== null;
    };
    const playing = play({ prisma, httpUrl: desk.httpUrl, smtpPort, team, ledger, slug, handingBack: new Map(), next }, { pair, chance, isHit });
    const played = playing.then(() => [], (error: unknown) => [`the story broke off: ${wordsOf(error)}`]);
    const isOver = played.then(() => 'over' as const);
    await Promise.race([isOver, waitFor(isHit, 'the failpoint', { withinMs: HIT_WITHIN_MS, everyMs: 50 }).catch(() => undefined)]);
    const missed = isHit() ? [] : ['the failpoint was never reached'];
    desk.disarm(pair);
    await desk.ready();
    const verdict = conclude({ teamId: team.teamId, slug, ledger, played, missed }).then((wrong) => ({
      pair, seed, wrong, deeds: Object.fromEntries(ledger.deeds), hitAfterMs, tookMs: Date.now() - startedAt,
    }));
    const counted: Promise<void> = verdict.then(() => undefined, () => undefined).finally(() => atOnce.delete(counted));
    atOnce.add(counted);
    return { verdict };
  }

  async function conclude({ teamId, slug, ledger, played, missed }: Ending): Promise<string[]> {
    const broken = [...missed, ...(await played)];
    let underWay: string[] = [];
    const atRest = async () => (underWay = await stillUnderWay({ prisma, client, teamId })).length === 0;
    const restless = await waitFor(atRest, 'the team comes to rest', { withinMs: REST_WITHIN_MS, everyMs: 1_500 }).then(
      () => [],
      (error: unknown) => [`it never came to rest: ${underWay.join('; ')} ${wordsOf(error)}`],
    );
    const arrived = mailServer.arrived().filter(({ content }) => content.includes(`@${slug}.desk.test`));
    const facts = await gatherFacts({ teamId, prisma, client, ledger, arrived, mailDomain: MAIL_DOMAIN });
    const wrong = [...broken, ...restless, ...(await violations(facts))];
    await retire(teamId);
    return wrong;
  }

  /** A team whose story is over must not keep the others' worker busy. */
  async function retire(teamId: string): Promise<void> {
    await prisma.team.delete({ where: { id: teamId } });
    await client.workflow.getHandle(sweeperWorkflowId(teamId)).terminate('its story is over').catch(() => undefined);
  }

  return {
    strike,
    logs: () => installation.logs(),
    close: () => installation.close(),
  };
}
