import { AsyncLocalStorage } from 'node:async_hooks';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import { magicLink } from 'better-auth/plugins/magic-link';
import { deriveKey } from '#prisma/store/installation-secret.ts';
import type { PrismaClient } from '#prisma/client.ts';

/** A sign-in link lives this long. */
export const LINK_MINUTES = 15;
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;
const SESSION_DAYS = 30;

/** Where the client's address is handed to better-auth: set by us from the connection, never taken from outside. */
export const CLIENT_ADDRESS_HEADER = 'x-baton-client-address';

// better-auth hands a link's token to a callback; this carries it to whoever asked for the link.
const issuedToken = new AsyncLocalStorage<{ token: string | null }>();

// Reading a session hides why it failed behind "Failed to get session" and tells only the log; the api must know an
// outage of PostgreSQL when it sees one.
const sessionRead = new AsyncLocalStorage<{ failure: unknown }>();

export type Auth = ReturnType<typeof createAuth>;

/**
 * Passwords, sessions and sign-in links, by better-auth, in PostgreSQL. Its own HTTP handler is not mounted: the use
 * cases call it, so nobody can sign up, list or change anything from outside.
 */
export function createAuth({ prisma, secret, publicUrl }: { prisma: PrismaClient; secret: string; publicUrl: string }) {
  return betterAuth({
    appName: 'Baton',
    baseURL: publicUrl,
    secret: deriveKey(secret, 'sessions').toString('base64url'),
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: { expiresIn: SESSION_DAYS * 86_400, updateAge: 86_400 },
    // Only its HTTP handler would count; sign-in-limit.ts counts for all processes together.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // A wrong password is an answer, not an event to log; what fails is thrown, by its cause, and logged by the api.
    logger: {
      level: 'error',
      log: (_level, _message, ...[cause]: unknown[]) => {
        const read = sessionRead.getStore();
        if (read) read.failure = cause;
      },
    },
    advanced: {
      cookiePrefix: 'baton',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_MINUTES * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: ({ token }) => {
          const issued = issuedToken.getStore();
          if (issued) issued.token = token;
        },
      }),
    ],
  });
}

/** A fresh one-time token for this address; it signs in once, within 15 minutes, whoever presents it. */
export async function issueLinkToken(auth: Auth, email: string): Promise<string> {
  const issued: { token: string | null } = { token: null };
  await issuedToken.run(issued, () => auth.api.signInMagicLink({ body: { email }, headers: new Headers() }));
  if (issued.token === null) throw new Error('better-auth made no token for a sign-in link');
  return issued.token;
}

/** The session of a browser's cookie, or null, with the Set-Cookie headers that keep it alive; throws the cause where it cannot be read. */
export async function readSession(auth: Auth, headers: Headers): Promise<{ session: { token: string; userId: string } | null; setCookie: string[] }> {
  const read: { failure: unknown } = { failure: null };
  try {
    const { headers: answer, response } = await sessionRead.run(read, () => auth.api.getSession({ headers, returnHeaders: true }));
    const session = response === null ? null : { token: response.session.token, userId: response.user.id };
    return { session, setCookie: answer.getSetCookie() };
  } catch (error) {
    throw read.failure ?? error;
  }
}
