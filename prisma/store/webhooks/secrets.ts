import { randomBytes } from 'node:crypto';
import type { Db } from '../../client.ts';
import { deleteSecret, putSecret, readSecret, SealBroken } from '../secrets.ts';
import type { SecretBox, SecretName } from '../secrets.ts';

/** How long the secret before the newest still signs. */
export const OLD_SECRET_MS = 24 * 60 * 60_000;

interface Whose {
  readonly teamId: string;
  readonly id: string;
}

const newest = ({ teamId, id }: Whose) => ({ teamId, name: `webhook:${id}` });
const old = ({ teamId, id }: Whose) => ({ teamId, name: `webhook:${id}:old` });

/** Makes an endpoint's secret (Standard Webhooks: `whsec_` and 24 to 64 bytes in base64); the one before becomes the old one. */
export async function renewSecret(db: Db, box: SecretBox, whose: Whose): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const before = await readOrNull(db, box, newest(whose));
  await (before === null ? deleteSecret(db, old(whose)) : putSecret(db, box, old(whose), before));
  await putSecret(db, box, newest(whose), secret);
  return secret;
}

/** The secrets that sign now, the newest first: two until `oldSecretUntil`; none where they were sealed with another installation's secret. */
export async function liveSecrets(db: Db, box: SecretBox, { oldSecretUntil, at, ...whose }: Whose & { oldSecretUntil: Date | null; at: Date }): Promise<string[]> {
  const isOldLive = oldSecretUntil !== null && oldSecretUntil > at;
  const found = await Promise.all([readOrNull(db, box, newest(whose)), isOldLive ? readOrNull(db, box, old(whose)) : null]);
  return found.filter((secret) => secret !== null);
}

/** One that cannot be opened is as good as none: an admin makes a new one. */
async function readOrNull(db: Db, box: SecretBox, of: SecretName): Promise<string | null> {
  try {
    return await readSecret(db, box, of);
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

export async function forgetSecrets(db: Db, whose: Whose): Promise<void> {
  await deleteSecret(db, newest(whose));
  await deleteSecret(db, old(whose));
}
