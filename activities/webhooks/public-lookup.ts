import { Resolver } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '#store/webhooks/public-address.ts';

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** A name server that is silent is asked again after 3 s, and given up after 9; where there are several, each in its turn. */
const PATIENCE = { timeout: 3_000, tries: 2 };

/**
 * Asks DNS itself, and not the C library: of that the process has two threads for every name that it looks up, and the names of
 * somebody's receivers, served by nobody, would keep the mail server's waiting (decision 084). `servers`: other than the system's.
 */
export function byDns({ servers }: { servers?: readonly string[] } = {}): Resolve {
  return async (hostname) => {
    if (/(^|\.)localhost\.?$/.test(hostname)) return LOOPBACK;
    const resolver = new Resolver(PATIENCE);
    if (servers !== undefined) resolver.setServers(servers);
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [...addressesIn(v4, 4), ...addressesIn(v6, 6)];
    if (found.length === 0) throw new NotFound(hostname, v4.status === 'rejected' ? codeOf(v4.reason) || 'ENOTFOUND' : 'ENODATA');
    return found;
  };
}

/** Said of a name that DNS has no address of, or does not answer for. */
export class NotFound extends Error {
  readonly code: string;
  constructor(host: string, code: string) {
    super(`${host} is not found in DNS: ${code}. For names of a network of your own set WEBHOOK_ALLOW_PRIVATE=1.`);
    this.code = code;
  }
}

/** RFC 6761, 6.3: nobody is asked what it is. */
const LOOPBACK: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];

function addressesIn(answer: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] {
  return answer.status === 'rejected' ? [] : answer.value.map((address) => ({ address, family }));
}

/** Node's word for what failed, like ECONNREFUSED; empty where there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export const resolveByDns: Resolve = byDns();

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
