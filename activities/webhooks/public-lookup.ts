import { lookup as lookupByName } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '#store/webhooks/public-address.ts';

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolve = (hostname) => lookupByName(hostname, { all: true });

/** Said of a receiver inside a network that this installation does not reach into. */
export class NotPublic extends Error {
  constructor(host: string, address: string) {
    super(`${host} is ${address}, which is not on the public internet. Use a public address; for a network of your own set WEBHOOK_ALLOW_PRIVATE=1.`);
  }
}

/**
 * What a socket asks for the addresses that it then connects to: there is no second look-up in between, so a name that
 * answers differently each time (DNS rebinding) gains nothing. One address inside is enough to refuse the name.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const inside = found.find(({ address }) => !isPublicAddress(address));
        const [first] = found;
        if (inside !== undefined) callback(new NotPublic(hostname, inside.address), []);
        else if (first === undefined) callback(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), []);
        else if (options.all === true) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
}
