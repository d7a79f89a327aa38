import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import type { Db } from '#prisma/client.ts';
import type { LocalMail, LocalMailbox } from '#prisma/store/local-mailbox.ts';
import type { Desk } from '#workflows/contract/desk.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';

type Shown = Extract<Awaited<ReturnType<Desk['localMailbox']>>, { ok: true }>['value'];
type Deps = Pick<AppDeps, 'prisma' | 'mail'>;

const MOST_SHOWN = 50;
// The folder is the installation's: a team's mails are among the newest of everybody's.
const MOST_LOOKED_AT = 500;

/** The team's newest mails that went to the local mailbox instead of leaving; not enabled where SMTP is configured. */
export async function localMailbox({ prisma, mail }: Deps, principal: Principal): Promise<Result<Shown>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const { mailbox } = mail;
  if (mailbox === null) return ok({ enabled: false, mails: [] });
  const own = await ownMails(prisma, principal.teamId, await mailbox.list(MOST_LOOKED_AT));
  const mails = await Promise.all(own.slice(0, MOST_SHOWN).map((entry) => shown(mailbox, entry)));
  return ok({ enabled: true, mails: mails.filter((one) => one !== null) });
}

/** One mail of the team's, parsed; null where there is none. */
export async function localMailOf({ prisma, mail }: Deps, teamId: string, id: string): Promise<{ entry: LocalMail; parsed: ParsedMail } | null> {
  const found = await mail.mailbox?.read(id);
  if (found === undefined || found === null) return null;
  const [entry] = await ownMails(prisma, teamId, [found.mail]);
  if (entry === undefined) {
    found.stream.destroy();
    return null;
  }
  return { entry, parsed: await simpleParser(found.stream) };
}

async function ownMails(db: Db, teamId: string, mails: readonly LocalMail[]): Promise<LocalMail[]> {
  const rows = await db.mailId.findMany({ where: { teamId, headerId: { in: mails.map(({ messageId }) => messageId) } }, select: { headerId: true } });
  const own = new Set(rows.map(({ headerId }) => headerId));
  return mails.filter(({ messageId }) => own.has(messageId));
}

async function shown(mailbox: LocalMailbox, { id, from, to, sentAt }: LocalMail): Promise<Shown['mails'][number] | null> {
  const found = await mailbox.read(id);
  if (found === null) return null;
  const parsed = await simpleParser(found.stream);
  return { id, at: sentAt, from: parsed.from?.value[0]?.address ?? from, to: [...to], subject: parsed.subject ?? '', text: parsed.text ?? '' };
}
