import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { deriveKey } from '#prisma/store/installation-secret.ts';

/** Who a widget's page speaks for: a browser, or a user whom the team has signed. */
export interface Visitor {
  readonly visitorId: string;
  readonly widgetId: string;
  /** The team's own id of them; null: nobody has said who they are. */
  readonly user: string | null;
  /** What the page calls them. */
  readonly name: string | null;
}

/** Makes and checks the tokens of widgets, the same in every api process (RFC 7519). */
export interface WidgetTokens {
  issue(visitor: Visitor): Promise<{ token: string; expiresAt: number }>;
  /** Null for what is no token of ours, of another widget, or over. */
  read(token: string, widgetId: string): Promise<(Visitor & { expiresAt: number }) | null>;
}

const LIFE_SECONDS = 15 * 60;
const claims = z.object({ sub: z.string(), aud: z.string(), exp: z.number(), usr: z.string().nullable(), nam: z.string().nullable() });

export function createWidgetTokens({ secret, now }: { secret: string; now: () => number }): WidgetTokens {
  const key = deriveKey(secret, 'widget-tokens');
  return {
    async issue({ visitorId, widgetId, user, name }) {
      const issuedAt = Math.floor(now() / 1_000);
      const expires = issuedAt + LIFE_SECONDS;
      const token = await new SignJWT({ usr: user, nam: name })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(visitorId)
        .setAudience(widgetId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: expires * 1_000 };
    },

    async read(token, widgetId) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], audience: widgetId, currentDate: new Date(now()) });
        const { sub, aud, exp, usr, nam } = claims.parse(payload);
        return { visitorId: sub, widgetId: aud, user: usr, name: nam, expiresAt: exp * 1_000 };
      } catch {
        return null;
      }
    },
  };
}
