import { rmSync } from 'node:fs';

export default async function stopStack() {
  const { home, children } = globalThis.__batonStack;
  await Promise.all(children.map((child) => child.stop([['SIGINT', 5_000], ['SIGKILL', 2_000]])));
  rmSync(home, { recursive: true, force: true });
}
