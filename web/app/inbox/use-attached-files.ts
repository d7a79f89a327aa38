import { useEffect, useRef, useState } from 'react';
import type { AttachmentView } from '#workflows/contract/views.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import { freshKey } from '../fresh-key.ts';
import { useRoot } from '../root-data.ts';
import { blockerOf, readyIds, withAdded, withAnother, withRefused, withState } from './attached-files.ts';
import type { AttachedFile, FileState } from './attached-files.ts';
import { uploadFile } from './upload-file.ts';

/** The files beside a draft: uploaded as they are added, one after another, so that the page's other requests get through. */
export function useAttachedFiles(stored: readonly AttachmentView[]) {
  const { csrf } = useRoot();
  const [files, setFiles] = useState<readonly AttachedFile[]>(() => stored.map(asReady));
  const latest = useRef(files);
  latest.current = files;
  const queue = useRef(Promise.resolve());
  const underWay = useRef(new Map<string, AbortController>());

  // Who goes elsewhere meanwhile finds in the draft what was done by then.
  useEffect(() => {
    const begun = underWay.current;
    return () => {
      for (const controller of begun.values()) controller.abort();
    };
  }, []);

  const change = (to: (before: readonly AttachedFile[]) => AttachedFile[]) => {
    latest.current = to(latest.current);
    setFiles(latest.current);
  };
  const become = (key: string, state: FileState) => change((before) => withState(before, key, state));

  /** Those whose uploading failed and may pass at another time. */
  const kept = useRef(new Map<string, File>());

  function begin(key: string, file: File): void {
    if (latest.current.find((one) => one.key === key)?.state.kind !== 'uploading') return;
    underWay.current.set(key, new AbortController());
    queue.current = queue.current.then(() => upload(key, file));
  }

  async function upload(key: string, file: File): Promise<void> {
    const controller = underWay.current.get(key);
    if (controller === undefined || controller.signal.aborted) return;
    const outcome = await uploadFile(file, { key, csrf, signal: controller.signal, onPart: (part) => become(key, { kind: 'uploading', part }) });
    underWay.current.delete(key);
    if (!outcome.ok && outcome.mayPass) kept.current.set(key, file);
    become(key, outcome.ok ? { kind: 'ready', id: outcome.file.id } : { kind: 'failed', why: outcome.why, mayPass: outcome.mayPass });
  }

  return {
    files,
    ids: readyIds(files),
    blocker: (hasText: boolean) => blockerOf(files, { hasText }),
    add(added: readonly File[]) {
      const fresh = added.map((file) => ({ key: freshKey(), name: file.name, size: file.size, file }));
      change((before) => withAdded(before, fresh.map(({ key, name, size }) => ({ key, name, size }))));
      for (const { key, file } of fresh) begin(key, file);
    },
    tryAgain(key: string) {
      const file = kept.current.get(key);
      if (file === undefined) return;
      change((before) => withAnother(before, key));
      begin(key, file);
    },
    remove(key: string) {
      const gone = latest.current.find((one) => one.key === key);
      underWay.current.get(key)?.abort();
      kept.current.delete(key);
      change((before) => before.filter((one) => one.key !== key));
      // What cannot be deleted now goes by itself in a day.
      if (gone?.state.kind === 'ready') void fetch(`/api/v1/attachments/${gone.state.id}`, { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } }).catch(() => undefined);
    },
    /** They went with a message. */
    clear: () => change(() => []),
    /** The message was taken back: they wait again. */
    restore: (back: readonly AttachmentView[]) => change((before) => [...back.filter(({ id }) => !readyIds(before).includes(id)).map(asReady), ...before]),
    refused: (errors: readonly FieldError[]) => change((before) => withRefused(before, errors)),
  };
}
export type AttachedFiles = ReturnType<typeof useAttachedFiles>;

const asReady = ({ id, fileName: name, size }: AttachmentView): AttachedFile => ({ key: id, name, size, state: { kind: 'ready', id } });
