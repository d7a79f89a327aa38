import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { composeMail } from '#activities/email/compose-mail.ts';
import { createLocalMailer } from '#activities/email/local-mailer.ts';
import { createLocalMailbox } from '#store/local-mailbox.ts';
import { createMailKeyReader } from '#store/mail-key.ts';
import { aMessage } from './a-message.ts';
import { aFolder, aFolderOfFiles } from './scratch-folder.ts';

function aMail(id: string) {
  const composed = composeMail(aMessage({ id }));
  if (!composed.ok) throw new Error(composed.code);
  return composed.mail;
}

async function* pieces(...all: string[]) {
  for (const piece of all) yield piece;
}

describe('the local mailbox, where no server is configured', () => {
  it('shows what would have left, the newest first, and each mail once', async () => {
    const mailbox = createLocalMailbox(path.join(await aFolder(), 'mailbox'));
    expect(await mailbox.list(10)).toEqual([]);
    const mailer = createLocalMailer(mailbox, () => '2026-03-02T09:15:00.000Z');
    await mailer.send(aMail('msg_a'));
    await mailer.send(aMail('msg_b'));
    await mailer.send(aMail('msg_a'));
    const mails = await mailbox.list(10);
    expect(mails.map(({ messageId }) => messageId)).toEqual(['<msg_b@baton.example>', '<msg_a@baton.example>']);
    const read = await mailbox.read(mails[0]?.id ?? '');
    expect(read === null ? '' : await text(read.stream)).toContain('Hello Ada');
    expect(await mailbox.list(1)).toHaveLength(1);
  });

  it('keeps nothing of a mail that a person held back', async () => {
    const mailbox = createLocalMailbox(await aFolder());
    const mailer = createLocalMailer(mailbox, () => '2026-03-02T09:15:00.000Z');
    expect(await mailer.send(aMail('msg_c'), { beforeData: async () => false })).toEqual({ kind: 'withheld' });
    expect(await mailbox.list(10)).toEqual([]);
  });

  it('opens no other file by a made-up id', async () => {
    const mailbox = createLocalMailbox(await aFolder());
    expect(await mailbox.read('../../etc/passwd')).toBeNull();
  });
});

describe('the file store', () => {
  it('keeps a content once for each scope and gives it back', async () => {
    const { files, contentOf } = await aFolderOfFiles();
    const first = await files.put({ scope: 'team_1', content: pieces('hello ', 'world') });
    const again = await files.put({ scope: 'team_1', content: pieces('hello world') });
    const other = await files.put({ scope: 'team_2', content: pieces('hello world') });
    expect(first).toEqual(again);
    expect(first).toMatchObject({ size: 11, sha256: createHash('sha256').update('hello world').digest('hex') });
    await files.remove(first.key);
    expect(await contentOf(first.key)).toBeNull();
    expect(await contentOf(other.key)).toBe('hello world');
  });

  it('leaves nothing behind of a content that broke off', async () => {
    const { files, folder } = await aFolderOfFiles();
    async function* breaking() {
      yield 'half';
      throw new Error('gone');
    }
    await expect(files.put({ scope: 'team', content: breaking() })).rejects.toThrow('gone');
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
  });

  it('knows no paths but its own', async () => {
    const { files } = await aFolderOfFiles();
    await expect(files.put({ scope: '../up', content: pieces('x') })).rejects.toThrow('scope');
    expect(await files.open('../../etc/passwd')).toBeNull();
  });
});

describe('what makes two deliveries one mail', () => {
  function keyOf(mail: string, chunk = 7) {
    const reader = createMailKeyReader();
    const bytes = Buffer.from(mail);
    for (let at = 0; at < bytes.length; at += chunk) reader.update(bytes.subarray(at, at + chunk));
    return reader.result();
  }

  it('is the Message-ID, folded, bare or oddly spelt, however the bytes come', () => {
    const expected = { messageId: '<a@b>', dedupeKey: keyOf('Message-ID: <a@b>\r\n\r\nx').dedupeKey };
    expect(keyOf('Subject: x\r\nMESSAGE-ID:\r\n <a@b> (comment)\r\n\r\nother', 1_000)).toEqual(expected);
    expect(keyOf('Message-Id: a@b\n\nx')).toEqual(expected);
    expect(keyOf('Subject: x\r\n\r\nMessage-ID: <a@b>\r\n')).toMatchObject({ messageId: null });
  });

  it('is the content without the traces of its way where there is no id', () => {
    const mail = 'From: a@b\r\nSubject: x\r\n\r\nbody';
    const { dedupeKey } = keyOf(mail);
    expect(keyOf(`Received: from x\r\n by y\r\nDelivered-To: z\r\n${mail}`, 3).dedupeKey).toBe(dedupeKey);
    expect(keyOf(`${mail}!`).dedupeKey).not.toBe(dedupeKey);
    expect(keyOf(mail.replace('Subject: x', 'Subject: y')).dedupeKey).not.toBe(dedupeKey);
  });
});
