import type { Pool } from 'pg';
import { createAuthDeps } from '#api/auth/auth-deps.ts';
import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { addPerson } from '#api/people/add-person.ts';
import type { Principal } from '#api/principal.ts';
import { createTeam } from '#api/team/team.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import type { Role } from '#workflows/contract/settings.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { aDatabase } from './stack.ts';

export const PUBLIC_URL = 'http://localhost:4000';
export const OFFICE_SECRET = 'a secret for tests that is long enough';

/** One api process's worth of sign-in and settings over a database; `process()` gives another over the same one. */
export interface Office {
  readonly deps: AuthDeps;
  /** Moves the clock of every process of this office. */
  passes(ms: number): void;
  anotherProcess(options?: { publicUrl?: string }): AuthDeps;
  close(): Promise<void>;
}

/** A migrated database and the deps over it. */
export async function anOffice(): Promise<Office> {
  const database = await aDatabase();
  const pools: Pool[] = [];
  let ahead = 0;
  const anotherProcess = ({ publicUrl = PUBLIC_URL } = {}) => {
    const pool = createPool({ url: database.url, max: 5 });
    pools.push(pool);
    return createAuthDeps({ prisma: createPrisma({ pool }), pool, secret: OFFICE_SECRET, publicUrl, now: () => Date.now() + ahead });
  };
  return {
    deps: anotherProcess(),
    passes: (ms) => {
      ahead += ms;
    },
    anotherProcess,
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.drop();
    },
  };
}

/** The value of a result that the test relies on; a refusal fails the test with its words. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.code}: ${result.detail}`);
  return result.value;
}

/** The code of a refusal, `ok` for none. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.code;
}

let teams = 0;

/** A team with one admin, and a way to add more people to it. */
export async function aTeam(deps: AuthDeps, { slug = `team-${++teams}`, name = 'Acme' } = {}) {
  const team = value(await createTeam(deps, { slug, name }));
  const person = async ({ name: who, role, password }: { name: string; role: Role; password?: string }) => {
    const email = `${who.toLowerCase()}@${slug}.example`;
    const operator = value(await addPerson(deps, team.id, { email, name: who, role, password }));
    const principal: Principal = { kind: 'operator', teamId: team.id, operatorId: operator.id, name: who, role };
    return { ...operator, principal };
  };
  return { team, person, admin: await person({ name: 'Ada', role: 'admin', password: 'correct horse battery' }) };
}
