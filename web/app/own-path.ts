const HOME = 'http://home.invalid';

/** The address as a path of our own, read the way a browser reads it (https://url.spec.whatwg.org), or null where that leads elsewhere. */
export function ownPath(address: string): string | null {
  if (!address.startsWith('/') || !URL.canParse(address, HOME)) return null;
  const { origin, pathname, search } = new URL(address, HOME);
  // Tabs and line breaks vanish and dots are resolved: only then is it seen that two slashes name another host.
  return origin === HOME && !pathname.startsWith('//') ? pathname + search : null;
}
