import { BlockList, isIP } from 'node:net';

// RFC 6890 and the registries behind it: what is not out on the internet, or leads back in by another form. Families have
// lists of their own, because Node compares an IPv4 address with the mapped form of an IPv6 rule, which is all of IPv4. 168.63.129.16
// looks public, and is the host's own agent on every machine of one large cloud.
const V4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['168.63.129.16', 32], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const;
// `::/96` holds unspecified, loopback and the old IPv4-compatible form; then mapped, NAT64 (RFC 6052, 8215), discard-only, Teredo and its
// neighbours, documentation, 6to4, unique local, link-local, the old site-local, multicast.
const V6 = [
  ['::', 96], ['::ffff:0:0', 96], ['::ffff:0:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32],
  ['2002::', 16], ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
] as const;

const inside4 = new BlockList();
for (const [net, prefix] of V4) inside4.addSubnet(net, prefix, 'ipv4');
const inside6 = new BlockList();
for (const [net, prefix] of V6) inside6.addSubnet(net, prefix, 'ipv6');

/** Whether an IP address is out on the internet; what is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside4.check(address, 'ipv4');
  // A zone belongs to a link.
  return family === 6 && !address.includes('%') && !inside6.check(address, 'ipv6');
}

/** The address that a URL names itself, without a name to look up; null: it names a host. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}
