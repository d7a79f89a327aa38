import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Db } from '../client.ts';
import { deriveKey } from './installation-secret.ts';

// `v1.<nonce>.<ciphertext>.<tag>`, base64url. Team and name are authenticated with it (AES-256-GCM, NIST SP 800-38D),
// so that a sealed value copied to another row does not open there. A new version opens the old ones.
const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;

/** Which row a sealed value belongs to. */
export interface SecretName {
  readonly teamId: string;
  readonly name: string;
}

/** A sealed value that cannot be opened here. */
export class SealBroken extends Error {}

/** Encrypts and decrypts with a key that PostgreSQL never sees. */
export interface SecretBox {
  seal(of: SecretName, plain: string): string;
  /** Throws when the value was changed, belongs to another row, or was sealed with another installation's secret. */
  open(of: SecretName, sealed: string): string;
}

/** A box whose key derives from the installation's secret. */
export function createSecretBox(secret: string): SecretBox {
  const key = deriveKey(secret, 'secrets-at-rest');
  return {
    seal(of, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(boundTo(of));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [VERSION, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
    },

    open(of, sealed) {
      const [version, nonce, body, tag, ...rest] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || body === undefined || tag === undefined || rest.length > 0) {
        throw new SealBroken(`The secret ${of.name} is not in a form this version knows.`);
      }
      try {
        const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 })
          .setAAD(boundTo(of))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
      } catch {
        throw new SealBroken(`The secret ${of.name} does not open: it was changed, or sealed with another BATON_SECRET.`);
      }
    },
  };
}

/** Stores a credential of the team, sealed; an earlier one under that name is replaced. */
export async function putSecret(db: Db, box: SecretBox, of: SecretName, plain: string): Promise<void> {
  const sealed = box.seal(of, plain);
  const { teamId, name } = of;
  await db.secret.upsert({ where: { teamId_name: { teamId, name } }, create: { teamId, name, sealed }, update: { sealed } });
}

/** The credential, or null where the team has none under that name. */
export async function readSecret(db: Db, box: SecretBox, of: SecretName): Promise<string | null> {
  const { teamId, name } = of;
  const row = await db.secret.findUnique({ where: { teamId_name: { teamId, name } } });
  return row === null ? null : box.open(of, row.sealed);
}

/** Forgets a credential; one that is not there is fine. */
export async function deleteSecret(db: Db, { teamId, name }: SecretName): Promise<void> {
  await db.secret.deleteMany({ where: { teamId, name } });
}

function boundTo({ teamId, name }: SecretName): Buffer {
  return Buffer.from(`${VERSION}\n${teamId}\n${name}`, 'utf8');
}
