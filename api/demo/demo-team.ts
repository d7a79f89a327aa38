import type { z } from 'zod';
import { findTeamBySlug } from '#prisma/store/teams.ts';
import { listKeys } from '#prisma/store/keys.ts';
import { findOperatorByEmail } from '#prisma/store/people.ts';
import { newestFor } from '#prisma/store/policies.ts';
import { insertWidget, listWidgets } from '#prisma/store/widgets/widgets.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { DEFAULT_LOOK } from '#workflows/contract/widgets.ts';
import type { policyOverrides } from '#workflows/contract/settings.ts';
import { addresses, createAddress } from '../agents/addresses.ts';
import { agents as listAgents, createAgent } from '../agents/agents.ts';
import type { Auth } from '../auth/auth.ts';
import { issueKey } from '../keys/keys.ts';
import { addPerson } from '../people/add-person.ts';
import { putPolicy } from '../policies/put-policy.ts';
import type { Principal } from '../principal.ts';
import { createSchedule, schedules } from '../schedules/schedules.ts';
import { createTeam } from '../team/team.ts';
import { createTag } from '../team/tags.ts';
import { giveThemTime } from './demo-people-time.ts';
import { promiseAnswers } from './demo-sla.ts';
import { done } from './demo-stage.ts';
import type { DemoDeps, Stage } from './demo-stage.ts';

export const DEMO_SLUG = 'demo';
/** The team's name until everything in it is there. */
export const UNFINISHED_NAME = 'Demo (being made)';
export const DEMO_NAME = 'Bramble & Co. (demo)';

type Person = Stage['people']['mia'];
type Agent = Stage['agents']['robin'];

/** A key that was made just now: its text is in here and nowhere else. */
export interface AgentKey {
  readonly agent: string;
  readonly key: string;
}

const CASES: z.infer<typeof policyOverrides>['handoverCases'] = [
  { key: 'refund', when: 'The customer wants their money back, or disputes a charge.', action: 'escalate', priority: 'high', skills: [], group: null },
  { key: 'complaint', when: 'The customer is angry, threatens to leave, or mentions a lawyer or the press.', action: 'escalate', priority: 'urgent', skills: [], group: null },
  { key: 'order-status', when: 'The customer asks where their order is. Look it up and answer.', action: 'never', priority: 'normal', skills: [], group: null },
];

/** The demo's people, agents with their keys and policies, addresses and tags; what is there already stays as it is. */
export async function makeDemoTeam(deps: DemoDeps & { auth: Auth }, mailDomain: string): Promise<{ stage: Stage; keys: AgentKey[] }> {
  const team = (await findTeamBySlug(deps.prisma, DEMO_SLUG)) ?? done(await createTeam(deps, { slug: DEMO_SLUG, name: UNFINISHED_NAME, isDemo: true }));
  if (!team.isDemo) throw new Error(`There is a team "${DEMO_SLUG}" that is not the demo: rename it first.`);
  await startSweeper(deps, team.id);
  const mia = await person(deps, team.id, { name: 'Mia Larsson', role: 'admin', email: `mia@demo.${mailDomain}` });
  const people = {
    mia,
    jonas: await person(deps, team.id, { name: 'Jonas Weber', role: 'operator', email: `jonas@demo.${mailDomain}` }),
    aiko: await person(deps, team.id, { name: 'Aiko Tanaka', role: 'operator', email: `aiko@demo.${mailDomain}` }),
    samir: await person(deps, team.id, { name: 'Samir Haddad', role: 'operator', email: `samir@demo.${mailDomain}` }),
  };
  await giveThemTime(deps, people);
  await askHowItWas(deps, mia);
  const keys: AgentKey[] = [];
  const robin = await agent(deps, mia, { name: 'Robin', keys, overrides: { autoResumeMinutes: 30 } });
  const wren = await agent(deps, mia, { name: 'Wren', keys, overrides: {} });
  const finch = await agent(deps, mia, { name: 'Finch', keys, overrides: { onEscalate: 'flag' } });
  const mailboxes = { support: `support@${mailDomain}`, shop: `shop@${mailDomain}` };
  await address(deps, mia, { address: mailboxes.support, fromName: 'Bramble support', isDefault: true });
  await address(deps, mia, { address: mailboxes.shop, fromName: 'Bramble shop', agentId: wren.agentId });
  for (const tag of ['billing', 'delivery', 'supplier', 'bug', 'praise']) done(await createTag(deps, mia, tag));
  await officeHours(deps, mia);
  await promiseAnswers(deps, mia);
  await webChat(deps, { teamId: team.id, agentId: robin.agentId });
  return { stage: { deps, people, agents: { robin, wren, finch }, addresses: mailboxes }, keys };
}

async function person(deps: DemoDeps & { auth: Auth }, teamId: string, input: { name: string; role: 'admin' | 'operator'; email: string }): Promise<Person> {
  const known = await findOperatorByEmail(deps.prisma, teamId, input.email);
  const { id: operatorId } = known ?? done(await addPerson(deps, teamId, input));
  return { kind: 'operator', teamId, operatorId, name: input.name, role: input.role };
}

async function agent(
  deps: DemoDeps,
  mia: Person,
  { name, keys, overrides }: { name: string; keys: AgentKey[]; overrides: z.input<typeof policyOverrides> },
): Promise<Agent> {
  const { teamId } = mia;
  const { id: agentId } = done(await listAgents(deps, mia)).find((one) => one.name === name) ?? done(await createAgent(deps, mia, { name }));
  const { agent: settings } = await newestFor(deps.prisma, teamId, agentId);
  // Version 1 is how an agent is born; what somebody has changed since is theirs.
  if (settings.version <= 1) done(await putPolicy(deps, mia, agentId, { overrides: { helpDesk: true, handoverCases: CASES, ...overrides } }, settings.version));
  const known = (await listKeys(deps.prisma, teamId)).find((key) => key.agentId === agentId && key.revokedAt === null);
  if (known !== undefined) return { kind: 'agent', teamId, keyId: known.id, agentId };
  const made = done(await issueKey(deps, teamId, { name: `${name} (demo)`, role: 'agent', agentId }));
  keys.push({ agent: name, key: made.key });
  return { kind: 'agent', teamId, keyId: made.id, agentId };
}

/** Version 0 is how a team is born; what somebody has changed since is theirs. */
async function askHowItWas(deps: DemoDeps, mia: Person): Promise<void> {
  const { team: settings } = await newestFor(deps.prisma, mia.teamId, null);
  if (settings.version === 0) done(await putPolicy(deps, mia, 'team', { overrides: { csat: 'ask' } }, 0));
}

async function address(deps: DemoDeps, mia: Principal, input: Parameters<typeof createAddress>[2]): Promise<void> {
  const made = await createAddress(deps, mia, input);
  if (made.ok || made.code !== 'exists') return void done(made);
  const isOurs = done(await addresses(deps, mia)).some((one) => one.address === input.address);
  // Its mails would become tickets of a team that is no demo.
  if (!isOurs) throw new Error(`${input.address} belongs to another team, and the demo needs it. Set MAIL_DOMAIN to another domain.`);
}

/** On our own pages alone: /customer/shop plays the shop. Its identity secret is made when somebody asks for one. */
async function webChat({ prisma, now }: DemoDeps, { teamId, agentId }: { teamId: string; agentId: string }): Promise<void> {
  if ((await listWidgets(prisma, teamId)).length > 0) return;
  const look = { ...DEFAULT_LOOK, title: 'Bramble & Co.', greeting: 'Hello! Ask about opening hours, delivery, bulbs or the warranty.', color: '#0f5c4c' };
  await insertWidget(prisma, { teamId, agentId, name: 'Bramble shop', origins: [], look, at: new Date(now()) });
}

async function officeHours(deps: DemoDeps, mia: Person): Promise<void> {
  if (done(await schedules(deps, mia)).length > 0) return;
  const day: [string, string][] = [['09:00', '17:00']];
  const holidays = [
    { date: '12-25', yearly: true as const, name: 'Christmas Day' },
    { date: '01-01', yearly: true as const, name: 'New Year’s Day' },
  ];
  done(await createSchedule(deps, mia, { name: 'Office hours', schedule: { zone: 'Europe/Berlin', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays } }));
}
