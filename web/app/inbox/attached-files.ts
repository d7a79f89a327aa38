import { MOST_FILE_BYTES, MOST_FILES, MOST_FILES_BYTES } from '#workflows/contract/upload-limits.ts';
import type { FieldError } from '#workflows/domain/errors.ts';

/** A file beside what is being written; `key` tells it from others of its name. */
export interface AttachedFile {
  readonly key: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly state: FileState;
}

export type FileState =
  /** `part`: of it that has left, 0 to 1. */
  | { readonly kind: 'uploading'; readonly part: number }
  | { readonly kind: 'ready'; readonly id: string }
  /** `mayPass`: tried again, it may be taken. */
  | { readonly kind: 'failed'; readonly why: string; readonly mayPass: boolean };

/** What is added, in the order in which it came: what could only be refused does not leave first. */
export function withAdded(files: readonly AttachedFile[], added: readonly Pick<AttachedFile, 'key' | 'name' | 'size'>[]): AttachedFile[] {
  return added.reduce<AttachedFile[]>((all, one) => [...all, { ...one, state: stateOfNew(all, one.size) }], [...files]);
}

function stateOfNew(before: readonly AttachedFile[], size: number): FileState {
  const going = before.filter(({ state }) => state.kind !== 'failed');
  if (size === 0) return refusedFor('Empty');
  if (size > MOST_FILE_BYTES) return refusedFor('Larger than 10 MB');
  if (going.length >= MOST_FILES) return refusedFor(`More than ${MOST_FILES} files`);
  const together = going.reduce((sum, one) => sum + one.size, size);
  return together > MOST_FILES_BYTES ? refusedFor('More than 20 MB together') : { kind: 'uploading', part: 0 };
}

const refusedFor = (why: string): FileState => ({ kind: 'failed', why, mayPass: false });

/** One that could not come, on its way again where there is still room for it. */
export function withAnother(files: readonly AttachedFile[], key: string): AttachedFile[] {
  return files.map((one) => (one.key === key && one.state.kind === 'failed' ? { ...one, state: stateOfNew(files, one.size) } : one));
}

/** One that was removed meanwhile stays away. */
export function withState(files: readonly AttachedFile[], key: string, state: FileState): AttachedFile[] {
  return files.map((one) => (one.key === key ? { ...one, state } : one));
}

/** Ids of the files that can go with a message, in their order. */
export function readyIds(files: readonly AttachedFile[]): string[] {
  return files.flatMap(({ state }) => (state.kind === 'ready' ? [state.id] : []));
}

/** Why nothing can be sent as it stands; null: nothing speaks against it. Nobody's file is left behind without a word. */
export function blockerOf(files: readonly AttachedFile[], { hasText }: { hasText: boolean }): string | null {
  const failed = files.flatMap(({ state }) => (state.kind === 'failed' ? [state] : []));
  if (failed.length > 0) return failed.some(({ mayPass }) => mayPass) ? 'Try again or remove what could not be attached, then send.' : 'Remove what could not be attached, then send.';
  if (files.some(({ state }) => state.kind === 'uploading')) return 'Uploading. You can send when it is done.';
  return files.length > 0 && !hasText ? 'Write a few words to go with it.' : null;
}

/** A refusal that names files by their place among those that were sent. */
export function withRefused(files: readonly AttachedFile[], errors: readonly FieldError[]): AttachedFile[] {
  const ids = readyIds(files);
  const gone = new Set(errors.flatMap(({ path }) => ids[Number(/^body\.attachments\.(\d+)$/.exec(path)?.[1] ?? -1)] ?? []));
  return files.map((one) => (one.state.kind === 'ready' && gone.has(one.state.id) ? { ...one, state: refusedFor('Not there any more: attach it again') } : one));
}
