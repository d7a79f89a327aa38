import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordOf, sleep, stillRuns } from './processes.mjs';

function readRecord(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The live process that holds the lock, if any. */
export function holderOf(path) {
  const record = readRecord(path);
  return record && stillRuns(record) ? record : undefined;
}

/** Takes the lock and gives undefined, or gives the record of its live holder. A holder that died is no holder. */
export function takeLock(path, about = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ ...recordOf(process.pid), ...about });
  for (let tries = 0; tries < 10; tries += 1) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder) return holder;
    // Moved away rather than removed: of two who find the same dead lock only one moves it.
    const aside = `${path}.${process.pid}.dead`;
    try {
      renameSync(path, aside);
      rmSync(aside, { force: true });
    } catch {
      // Somebody else was quicker.
    }
  }
  throw new Error(`${path} changes hands too quickly`);
}

export function dropLock(path) {
  if (existsSync(path) && readRecord(path)?.pid === process.pid) rmSync(path, { force: true });
}

/** Does the work while no other live process holds the lock. */
export async function withLock(path, work) {
  while (takeLock(path)) await sleep(200);
  try {
    return await work();
  } finally {
    dropLock(path);
  }
}
