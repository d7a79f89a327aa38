import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../../client.ts';
import { deleteSecret, putSecret, readSecret, SealBroken } from '../secrets.ts';
import type { SecretBox } from '../secrets.ts';

interface Whose {
  readonly teamId: string;
  readonly id: string;
}

const nameOf = ({ teamId, id }: Whose) => ({ teamId, name: `widget:${id}` });

/** Makes a widget's identity secret; the one before signs nobody any more. Sealed at rest, and in this answer alone. */
export async function renewIdentitySecret(db: Db, box: SecretBox, whose: Whose): Promise<string> {
  const secret = `wis_${randomBytes(32).toString('base64url')}`;
  await putSecret(db, box, nameOf(whose), secret);
  return secret;
}

export async function forgetIdentitySecret(db: Db, whose: Whose): Promise<void> {
  await deleteSecret(db, nameOf(whose));
}

/** What a team's server gives a user along (RFC 2104, with SHA-256), in hexadecimal. */
export function signatureOf(secret: string, user: string): string {
  return createHmac('sha256', secret).update(user, 'utf8').digest('hex');
}

/** Whether the widget's team has signed this user. A secret that cannot be opened has signed nobody. */
export async function isSigned(db: Db, box: SecretBox, { user, signature, ...whose }: Whose & { user: string; signature: string }): Promise<boolean> {
  const secret = await readOrNull(db, box, whose);
  if (secret === null) return false;
  const right = Buffer.from(signatureOf(secret, user));
  const given = Buffer.from(signature.toLowerCase());
  return right.length === given.length && timingSafeEqual(right, given);
}

async function readOrNull(db: Db, box: SecretBox, whose: Whose): Promise<string | null> {
  try {
    return await readSecret(db, box, nameOf(whose));
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
