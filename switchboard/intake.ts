import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { WorkflowIdConflictPolicy } from '@temporalio/client';
import type { FileStore } from '#store/file-store.ts';
import { addressesNamed, type ArrivedMail, countRepeat, findInbound, insertArrival, isKnownAddress } from '#store/inbound.ts';
import type { MailKey } from '#store/mail-key.ts';
import { newId } from '#store/new-id.ts';
import { intakeWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { normaliseAddress, withoutPlus } from '#workflows/domain/mail-address.ts';
import { inTime } from './in-time.ts';
import type { SwitchboardDeps } from './tickets.ts';

export interface IntakeDeps extends SwitchboardDeps {
  readonly files: FileStore;
  /** Milliseconds since 1970; left out: the machine's clock. */
  readonly now?: () => number;
}

/** A whole mail as a listener took it; `open` gives its bytes from the beginning, `size` is in bytes. */
export interface IncomingMail extends MailKey {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly size: number;
  open(): Readable;
}

/** Whether mail to this address is ours to take, a plus part or not. Throws while the database is away. */
export async function isKnownRecipient({ prisma }: Pick<SwitchboardDeps, 'prisma'>, address: string): Promise<boolean> {
  return isKnownAddress(prisma, spellings(address));
}

/**
 * Takes a mail for every team that it is addressed to, and resolves 'durable' only when its bytes, its row and its
 * workflow are there: then it cannot be lost. The same mail again changes nothing (P50). Throws while PostgreSQL or
 * Temporal is away: the sender's server tries again.
 */
export async function acceptMail(deps: IntakeDeps, mail: IncomingMail): Promise<'durable' | { responseCode: number; message: string }> {
  const teams = await recipientTeams(deps, mail.envelope.to);
  if (teams.size === 0) return { responseCode: 550, message: '5.1.1 no such mailbox here' };
  for (const [teamId, addressId] of teams) {
    const hash = hashOf(teamId, mail);
    const arrived = (await countRepeat(deps.prisma, { teamId, hash })) ?? (await store(deps, mail, { teamId, addressId, hash }));
    deps.failpoint?.('row_stored_not_signalled');
    if (!arrived.isSettled) await startIntake(deps, { teamId, mailId: arrived.mailId, workflowId: intakeWorkflowId(hash) });
  }
  return 'durable';
}

/** Starts again what a dead process left between a mail's row, or a decision about it, and its workflow; one that runs is left alone. */
export async function resumeIntake(deps: SwitchboardDeps, { teamId, mailId, hash }: { teamId: string; mailId: string; hash: string }): Promise<void> {
  const row = await findInbound(deps.prisma, { teamId, mailId });
  if (row === null || row.isSettled) return;
  await startIntake(deps, { teamId, mailId, workflowId: row.resolution === null ? intakeWorkflowId(hash) : reviewWorkflowId(hash) });
}

/** A decision runs under an id of its own: the mail's first run may be about to end, and would not judge again. */
export function reviewWorkflowId(hash: string): string {
  return `${intakeWorkflowId(hash)}:reviewed`;
}

/** Starts the workflow of a mail. A finished one may run again: what is judged and settled stays as it is. */
export async function startIntake(deps: SwitchboardDeps, { teamId, mailId, workflowId }: { teamId: string; mailId: string; workflowId: string }) {
  const call = () =>
    deps.client.workflow.start('intake', {
      workflowId,
      taskQueue: deps.taskQueue,
      args: [{ teamId, mailId }],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: 'An inbound mail',
      staticDetails: `Mail ${mailId} of team ${teamId}`,
    });
  return inTime(deps, call);
}

/** The teams that a mail is for, each with the first of its addresses that is named. */
async function recipientTeams({ prisma }: IntakeDeps, recipients: readonly string[]): Promise<Map<string, string>> {
  const wanted = recipients.map(spellings);
  const found = await addressesNamed(prisma, [...new Set(wanted.flat())]);
  const teams = new Map<string, string>();
  for (const spelt of wanted) {
    const address = spelt.map((one) => found.find((row) => row.address === one)).find((row) => row !== undefined);
    if (address !== undefined && !teams.has(address.teamId)) teams.set(address.teamId, address.id);
  }
  return teams;
}

async function store(deps: IntakeDeps, mail: IncomingMail, { teamId, addressId, hash }: { teamId: string; addressId: string; hash: string }): Promise<ArrivedMail> {
  const { key, size } = await deps.files.put({ scope: teamId, content: mail.open() });
  return insertArrival(deps.prisma, {
    id: newId('mail'),
    teamId,
    hash,
    addressId,
    envelopeFrom: plain(mail.envelope.from),
    envelopeTo: mail.envelope.to.map(plain),
    headerId: mail.messageId,
    size,
    rawKey: key,
    receivedAt: new Date(deps.now?.() ?? Date.now()),
  });
}

/** An address of ours may have a plus part of its own; otherwise the plus part names a conversation. */
function spellings(address: string): string[] {
  return [...new Set([normaliseAddress(plain(address)), withoutPlus(plain(address))])];
}

/** PostgreSQL refuses NUL in text. */
const plain = (text: string): string => text.replaceAll('\0', '');

function hashOf(teamId: string, { dedupeKey }: MailKey): string {
  return createHash('sha256').update(`${teamId}:${dedupeKey}`).digest('hex');
}
