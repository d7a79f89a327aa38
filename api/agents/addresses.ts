import type { z } from 'zod';
import { isUniqueViolation } from '#prisma/client.ts';
import type { Db, PrismaClient } from '#prisma/client.ts';
import { findAddress, insertAddress, listAddresses, removeAddress, updateAddress } from '#prisma/store/addresses.ts';
import type { AddressView } from '#prisma/store/addresses.ts';
import { hasAgent } from '#prisma/store/agents.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { changeAddress as changeAddressInput, createAddress as createAddressInput } from '#workflows/contract/settings.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';

type Deps = Pick<SettingsDeps, 'prisma'>;

/** The addresses customers write to (P59), the team's default first. */
export async function addresses({ prisma }: Deps, principal: Principal): Promise<Result<AddressView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok(await listAddresses(prisma, principal.teamId));
}

/** Adds an address; `exists` where this or another team has it, since mail to it goes to one place. Admins only. */
export async function createAddress({ prisma }: Deps, principal: Principal, input: z.input<typeof createAddressInput>): Promise<Result<AddressView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createAddressInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const stranger = await refuseStrangeAgent({ prisma }, teamId, parsed.value.agentId);
  if (stranger) return stranger;
  try {
    return ok(await locked(prisma, teamId, (tx) => insertAddress(tx, teamId, parsed.value)));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { ...refuseField('body.address', 'this address is already in use'), code: 'exists' };
  }
}

/** Changes what is given and leaves the rest; admins only. The default address stays one until another becomes it. */
export async function changeAddress({ prisma }: Deps, principal: Principal, id: string, input: z.input<typeof changeAddressInput>): Promise<Result<AddressView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(changeAddressInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const before = await findAddress(prisma, teamId, id);
  if (before === null) return NO_SUCH_ADDRESS;
  const stranger = await refuseStrangeAgent({ prisma }, teamId, parsed.value.agentId ?? null);
  if (stranger) return stranger;
  if (before.isDefault && parsed.value.isDefault === false) {
    return refuseField('body.isDefault', 'a team with addresses has a default one: make another address the default instead');
  }
  const after = await locked(prisma, teamId, (tx) => updateAddress(tx, teamId, id, parsed.value));
  return after === null ? NO_SUCH_ADDRESS : ok(after);
}

/** Removes an address: mail to it is refused from now on, replies to its conversations leave by the agent's or the team's. Admins only. */
export async function deleteAddress({ prisma }: Deps, principal: Principal, id: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const address = await findAddress(prisma, teamId, id);
  if (address === null) return NO_SUCH_ADDRESS;
  const others = (await listAddresses(prisma, teamId)).length - 1;
  if (address.isDefault && others > 0) {
    return refuseField('path.id', 'this is the default address: make another one the default first');
  }
  await removeAddress(prisma, teamId, id);
  return ok(null);
}

const NO_SUCH_ADDRESS = refuse('not_found', 'The team has no such address.');

async function refuseStrangeAgent({ prisma }: Deps, teamId: string, agentId: string | null): Promise<Refusal | null> {
  if (agentId === null || (await hasAgent(prisma, teamId, agentId))) return null;
  return refuseField('body.agentId', 'the team has no such agent');
}

async function locked<T>(prisma: PrismaClient, teamId: string, change: (tx: Db) => Promise<T>): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await lockTeam(tx, teamId, 'addresses');
    return change(tx);
  });
}
