import type { Db } from '../client.ts';
import { newId } from './new-id.ts';
import { insertRequester, lockRequesterBy } from './requesters.ts';

/**
 * Serialises what happens to one sender of a team until the transaction ends: two mails of a new sender at once make
 * one requester, and the cap counts both. The same lock as for everybody else who makes a requester from an address.
 */
export async function lockSender(db: Db, { teamId, address }: { teamId: string; address: string }): Promise<void> {
  await lockRequesterBy(db, teamId, { kind: 'email', value: address });
}

export interface Correspondent {
  readonly teamId: string;
  /** Lower case. */
  readonly address: string;
  readonly name: string;
  /** The address is the person's own, as far as mail can tell; one that was typed into a form is not (P43). */
  readonly isOwn: boolean;
  /** Sent by a program, such as an absence notice: it proves nothing about who reads there. */
  readonly isAutomatic: boolean;
  /** The requester of the conversation that was written to: with this address among theirs, it is they who wrote. */
  readonly ofConversation: string | null;
}

/** Finds or makes the requester with this address (P43), under the lock on it. */
export async function requesterFor(db: Db, who: Correspondent): Promise<string> {
  const { teamId, address, name, isOwn, isAutomatic } = who;
  const verified = await lockRequesterBy(db, teamId, { kind: 'email', value: address });
  const here =
    who.ofConversation === null
      ? null
      : await db.requesterAddress.findFirst({ where: { teamId, requesterId: who.ofConversation, kind: 'email', value: address } });
  if (here !== null) {
    // They answered what we sent to an address that was only typed: it is theirs.
    if (isOwn && !isAutomatic && verified === null) await db.requesterAddress.update({ where: { id: here.id }, data: { verified: true } });
    return here.requesterId;
  }
  if (verified !== null && isOwn) return verified;
  const id = newId('requester');
  await insertRequester(db, { id, teamId, name: name || undefined, addresses: [{ kind: 'email', value: address, verified: isOwn }] });
  return id;
}
