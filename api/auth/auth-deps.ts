import type { Pool } from 'pg';
import type { PrismaClient } from '#prisma/client.ts';
import { createCsatTokens } from '#prisma/store/csat-tokens.ts';
import type { CsatTokens } from '#prisma/store/csat-tokens.ts';
import { createKeyring } from '../keys/keyring.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { createWidgetTokens } from '../widget/tokens.ts';
import type { WidgetTokens } from '../widget/tokens.ts';
import { createAuth } from './auth.ts';
import type { Auth } from './auth.ts';
import { createCsrf } from './csrf.ts';
import type { Csrf } from './csrf.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import type { SignInLimit } from './sign-in-limit.ts';

/** What signing in and recognising who asks need, on top of the settings' deps. */
export interface AuthDeps extends SettingsDeps {
  readonly auth: Auth;
  readonly csrf: Csrf;
  readonly signInLimit: SignInLimit;
  readonly widgetTokens: WidgetTokens;
  readonly csatTokens: CsatTokens;
}

/** Builds all of it from what `main.ts` has. */
export function createAuthDeps(from: { prisma: PrismaClient; pool: Pool; secret: string; publicUrl: string; now: () => number }): AuthDeps {
  const { prisma, pool, publicUrl, now } = from;
  return {
    prisma,
    publicUrl,
    now,
    keyring: createKeyring({ prisma, now }),
    auth: createAuth(from),
    csrf: createCsrf(from),
    signInLimit: createSignInLimit(pool),
    widgetTokens: createWidgetTokens(from),
    csatTokens: createCsatTokens(from.secret),
  };
}
