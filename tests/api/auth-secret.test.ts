import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecretBox, deleteSecret, putSecret, readSecret } from '#prisma/store/secrets.ts';
import { deriveKey, loadInstallationSecret } from '#prisma/store/installation-secret.ts';
import { createPool, createPrisma } from '#prisma/client.ts';
import { aDatabase, aFolder } from '#tests/support/stack.ts';

const SECRET = 'a secret for tests that is long enough';

describe('the secret of an installation', () => {
  it('is made once, for the owner alone, and stays', async () => {
    const dataFolder = join(await aFolder(), 'not', 'there', 'yet');
    const first = await loadInstallationSecret({ dataFolder });
    expect(first.length).toBeGreaterThanOrEqual(43);
    expect((await stat(join(dataFolder, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await loadInstallationSecret({ dataFolder })).toBe(first);
  });

  it('is the same for everybody who asks at once on an empty folder', async () => {
    for (let round = 0; round < 5; round++) {
      const dataFolder = await aFolder();
      const secrets = await Promise.all(Array.from({ length: 10 }, () => loadInstallationSecret({ dataFolder })));
      expect(new Set(secrets).size).toBe(1);
      expect(secrets[0]).toBe((await readFile(join(dataFolder, 'secret'), 'utf8')).trim());
      expect(await readdir(dataFolder)).toEqual(['secret']);
    }
  });

  it('comes from the environment where it is given, and must not be short', async () => {
    const dataFolder = await aFolder();
    expect(await loadInstallationSecret({ given: SECRET, dataFolder })).toBe(SECRET);
    expect(await readdir(dataFolder)).toEqual([]);
    await expect(loadInstallationSecret({ given: 'hunter2', dataFolder })).rejects.toThrow(/at least 32/);
  });

  it('gives every purpose a key of its own', () => {
    expect(deriveKey(SECRET, 'csrf')).toEqual(deriveKey(SECRET, 'csrf'));
    expect(deriveKey(SECRET, 'csrf')).not.toEqual(deriveKey(SECRET, 'sessions'));
    expect(deriveKey(SECRET, 'csrf')).not.toEqual(deriveKey(`${SECRET}.`, 'csrf'));
  });
});

describe('a credential at rest', () => {
  const box = createSecretBox(SECRET);
  const smtp = { teamId: 'team_a', name: 'smtp' };

  it('opens for its own row alone, and not once it was touched', () => {
    const sealed = box.seal(smtp, 'p4ssw0rd ✓');
    expect(sealed).toMatch(/^v1\./);
    expect(sealed).not.toBe(box.seal(smtp, 'p4ssw0rd ✓'));
    expect(box.open(smtp, sealed)).toBe('p4ssw0rd ✓');
    expect(() => box.open({ ...smtp, teamId: 'team_b' }, sealed)).toThrow(/does not open/);
    expect(() => box.open({ ...smtp, name: 'imap' }, sealed)).toThrow(/does not open/);
    expect(() => createSecretBox(`${SECRET}.`).open(smtp, sealed)).toThrow(/does not open/);
    const [version, nonce, body, tag] = sealed.split('.');
    const flipped = `${body?.startsWith('A') ? 'B' : 'A'}${body?.slice(1)}`;
    expect(() => box.open(smtp, [version, nonce, flipped, tag].join('.'))).toThrow(/does not open/);
    expect(() => box.open(smtp, [version, nonce, body, Buffer.from(tag ?? '', 'base64url').subarray(0, 8).toString('base64url')].join('.'))).toThrow(/does not open/);
    expect(() => box.open(smtp, sealed.replace('v1.', 'v9.'))).toThrow(/not in a form/);
  });

  it('is unreadable in the database and gone after it was deleted', async () => {
    const database = await aDatabase();
    const pool = createPool({ url: database.url });
    const prisma = createPrisma({ pool });
    await putSecret(prisma, box, smtp, 'first');
    await putSecret(prisma, box, smtp, 'second');
    expect(JSON.stringify(await prisma.secret.findMany())).not.toContain('second');
    expect(await readSecret(prisma, box, smtp)).toBe('second');
    expect(await readSecret(prisma, box, { ...smtp, teamId: 'team_b' })).toBeNull();
    await deleteSecret(prisma, smtp);
    expect(await readSecret(prisma, box, smtp)).toBeNull();
    await pool.end();
    await database.drop();
  });
});
