import { createAddress } from '#api/agents/addresses.ts';
import { createAgent } from '#api/agents/agents.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { signInByPassword } from '#api/auth/sign-in.ts';
import { createKey } from '#api/keys/keys.ts';
import { addPerson } from '#api/people/add-person.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { policy } from '#api/policies/policy.ts';
import type { Principal } from '#api/principal.ts';
import { createTeam } from '#api/team/team.ts';
import { assignsBy, onDuty } from '#tests/support/a-shift.ts';
import { value } from '#tests/support/team.ts';
import type { Credentials } from './http-client.ts';

/** A team of its own for one story, with everybody who takes part in it. */
export interface TeamUnderTest {
  readonly teamId: string;
  readonly agentId: string;
  /** Mail to the first is served by the agent, mail to the second by nobody but people. */
  readonly servedAddress: string;
  readonly unservedAddress: string;
  readonly mia: Person;
  readonly noah: Person;
  /** A program with an operator's key. */
  readonly program: Credentials;
  readonly agent: Credentials;
}

export interface Person {
  readonly operatorId: string;
  readonly credentials: Credentials;
}

const PASSWORD = 'correct horse battery';

/** Two people who sign in once and are members of every team of the run. */
export interface Staff {
  enlist(teamId: string, name: 'Mia' | 'Noah'): Promise<Person>;
}

export async function aStaff(deps: AuthDeps): Promise<Staff> {
  const sessions = new Map<string, string>();
  const sessionOf = async (email: string) => {
    const known = sessions.get(email);
    if (known !== undefined) return known;
    const session = value(await signInByPassword(deps, { headers: new Headers(), from: '127.0.0.1' }, { email, password: PASSWORD }));
    const cookie = session.setCookie.map((line) => line.split(';')[0]).join('; ');
    sessions.set(email, cookie);
    return cookie;
  };
  return {
    async enlist(teamId, name) {
      const email = `${name.toLowerCase()}@people.test`;
      const operator = value(await addPerson(deps, teamId, { email, name, role: 'operator', ...(sessions.has(email) ? {} : { password: PASSWORD }) }));
      const cookie = `${await sessionOf(email)}; baton_team=${teamId}`;
      return { operatorId: operator.id, credentials: await browserHeaders(deps, cookie) };
    },
  };
}

async function browserHeaders({ auth, csrf }: AuthDeps, cookie: string): Promise<Credentials> {
  const headers = new Headers({ cookie });
  const session = await auth.api.getSession({ headers });
  if (session === null) throw new Error('the session is not there');
  return { cookie, 'x-csrf-token': csrf.csrfTokenFor(csrf.bindingFor({ headers, sessionToken: session.session.token })) };
}

/** Makes the team through the use cases, as an admin would. */
export async function aTeamUnderTest(deps: AuthDeps, staff: Staff, slug: string): Promise<TeamUnderTest> {
  const team = value(await createTeam(deps, { slug, name: slug }));
  const teamId = team.id;
  const ada = value(await addPerson(deps, teamId, { email: `ada@${slug}.test`, name: 'Ada', role: 'admin' }));
  const admin: Principal = { kind: 'operator', teamId, operatorId: ada.id, name: 'Ada', role: 'admin' };
  const agent = value(await createAgent(deps, admin, { name: 'Robin' }));
  const before = value(await policy(deps, admin, agent.id));
  value(await putPolicy(deps, admin, agent.id, { overrides: { helpDesk: true, turnMinutes: 0.1, holdingEveryMinutes: 1 } }, before.version));
  const servedAddress = `robin@${slug}.desk.test`;
  const unservedAddress = `support@${slug}.desk.test`;
  value(await createAddress(deps, admin, { address: servedAddress, agentId: agent.id }));
  value(await createAddress(deps, admin, { address: unservedAddress, isDefault: true }));
  // The router plays along: who answers nothing themselves are the ones it gives tickets to, two each.
  for (const name of ['Ben', 'Zoe']) await onDuty(deps, teamId, { name, cap: 2 });
  await assignsBy(deps, teamId, { mode: 'balanced' });
  const program = value(await createKey(deps, admin, { name: 'program', role: 'operator' }));
  const agentKey = value(await createKey(deps, admin, { name: 'robin', role: 'agent', agentId: agent.id }));
  return {
    teamId,
    agentId: agent.id,
    servedAddress,
    unservedAddress,
    mia: await staff.enlist(teamId, 'Mia'),
    noah: await staff.enlist(teamId, 'Noah'),
    program: { authorization: `Bearer ${program.key}` },
    agent: { authorization: `Bearer ${agentKey.key}` },
  };
}
