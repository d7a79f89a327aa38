import type { Membership } from '#prisma/store/people.ts';
import { cookieOf } from './csrf.ts';

// A choice, not a credential: it only picks among the memberships that the session proves.
const TEAM_COOKIE = 'baton_team';
const YEAR_SECONDS = 365 * 86_400;

/** The membership in the team that the browser chose, else the first. */
export function chosenMembership(headers: Headers, memberships: readonly Membership[]): Membership | null {
  const chosen = cookieOf(headers, TEAM_COOKIE);
  return memberships.find((one) => one.teamId === chosen) ?? memberships[0] ?? null;
}

/** The Set-Cookie header that makes this team the browser's choice. */
export function chooseTeam(teamId: string, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${TEAM_COOKIE}=${teamId}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
