import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createFileStore } from '#store/file-store.ts';

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A folder that is gone after the tests of the file. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-email-'));
  folders.push(folder);
  return folder;
}

/** A real file store in such a folder. */
export async function aFolderOfFiles() {
  const folder = await aFolder();
  const files = createFileStore(folder);
  const contentOf = async (key: string) => {
    const found = await files.open(key);
    return found === null ? null : text(found.stream);
  };
  return { files, contentOf, folder };
}
