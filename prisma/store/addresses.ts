import type { z } from 'zod';
import type { addressView } from '#workflows/contract/views.ts';
import type { Db } from '../client.ts';
import type { Address } from '../generated/client.ts';
import { newId } from './new-id.ts';

export type AddressView = z.infer<typeof addressView>;

export interface AddressFields {
  readonly agentId: string | null;
  readonly fromName: string;
  readonly signature: string;
  readonly isDefault: boolean;
}

/** The team's addresses, the default one first. */
export async function listAddresses(db: Db, teamId: string): Promise<AddressView[]> {
  const rows = await db.address.findMany({ where: { teamId }, orderBy: [{ isDefault: 'desc' }, { address: 'asc' }] });
  return rows.map(toView);
}

/** Whether there is one to write from, at which the answer arrives. */
export async function hasTeamAddress(db: Db, teamId: string): Promise<boolean> {
  return (await db.address.count({ where: { teamId } })) > 0;
}

/** An address of this team, or null. */
export async function findAddress(db: Db, teamId: string, id: string): Promise<AddressView | null> {
  const row = await db.address.findFirst({ where: { id, teamId } });
  return row === null ? null : toView(row);
}

/** Adds an address; a unique violation says that it is taken, by this team or another. The team's first is its default. */
export async function insertAddress(db: Db, teamId: string, { address, ...fields }: AddressFields & { address: string }): Promise<AddressView> {
  const isFirst = (await db.address.count({ where: { teamId } })) === 0;
  const row = await db.address.create({ data: { id: newId('address'), teamId, address, ...fields, isDefault: false } });
  return fields.isDefault || isFirst ? makeDefault(db, row) : toView(row);
}

/** Changes an address of this team; null where there is none. A new default takes the place of the old one. */
export async function updateAddress(db: Db, teamId: string, id: string, { isDefault, ...fields }: Partial<AddressFields>): Promise<AddressView | null> {
  const found = await db.address.findFirst({ where: { id, teamId } });
  if (found === null) return null;
  const row = await db.address.update({ where: { id }, data: { ...fields, ...(isDefault === false ? { isDefault } : {}) } });
  return isDefault === true ? makeDefault(db, row) : toView(row);
}

/** Removes an address of this team; one that is not there is fine. */
export async function removeAddress(db: Db, teamId: string, id: string): Promise<void> {
  await db.address.deleteMany({ where: { id, teamId } });
}

async function makeDefault(db: Db, row: Address): Promise<AddressView> {
  await db.address.updateMany({ where: { teamId: row.teamId, isDefault: true, id: { not: row.id } }, data: { isDefault: false } });
  return toView(await db.address.update({ where: { id: row.id }, data: { isDefault: true } }));
}

function toView({ id, address, agentId, fromName, signature, isDefault }: Address): AddressView {
  return { id, address, agentId, fromName, signature, isDefault };
}
