import type { PrismaClient } from '#prisma/client.ts';
import type { Keyring } from './keys/keyring.ts';

/** What the use cases of settings and people need; tests and `main.ts` build it, the app's own deps contain it. */
export interface SettingsDeps {
  readonly prisma: PrismaClient;
  readonly keyring: Keyring;
  /** Milliseconds since 1970, from the one clock. */
  readonly now: () => number;
  /** Where people reach this installation: links start with it. */
  readonly publicUrl: string;
}
