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

/**
 * What a team's server gives a user along (RFC 2104, with SHA-256), in hexadecimal: of the user alone, or with a name of
 * theirs in a second line. Neither has line breaks in it, so that one is never the other.
 */
export function signatureOf(secret: string, user: string, name: string | null = null): string {
  return createHmac('sha256', secret).update(name === null ? user : `${user}\n${name}`, 'utf8').digest('hex');
}

/** What the widget's team has signed: the user with this name, the user alone, or null. A secret that cannot be opened has signed nobody. */
export async function whatIsSigned(db: Db, box: SecretBox, { user, name, signature, ...whose }: Whose & { user: string; name: string | null; signature: string }): Promise<'user_and_name' | 'user' | null> {
  const secret = await readOrNull(db, box, whose);
  if (secret === null) return null;
  const given = Buffer.from(signature.toLowerCase());
  const isOf = (right: Buffer) => right.length === given.length && timingSafeEqual(right, given);
  if (name !== null && isOf(Buffer.from(signatureOf(secret, user, name)))) return 'user_and_name';
  return isOf(Buffer.from(signatureOf(secret, user))) ? 'user' : null;
}

async function readOrNull(db: Db, box: SecretBox, whose: Whose): Promise<string | null> {
  try {
    return await readSecret(db, box, nameOf(whose));
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}
