import { CircleAlert, Paperclip, RotateCw, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DragEvent, ClipboardEvent, ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import type { AttachedFile } from './attached-files.ts';
import { sizeWords } from './file-size.ts';
import { focusComposer } from './focus-composer.ts';
import type { AttachedFiles } from './use-attached-files.ts';

/** Opens the browser's choice of files. */
export function AttachButton({ files }: { files: AttachedFiles }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tooltip label="Attach files: choose, drop or paste them">
        <Button look="quiet" size="icon" aria-label="Attach files" onClick={() => field.current?.click()}>
          <Paperclip className="size-4" aria-hidden="true" />
        </Button>
      </Tooltip>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          files.add([...(currentTarget.files ?? [])]);
          // The same file can be chosen again once it was removed.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Takes files that are dropped on it or pasted into it. */
export function FileDrop({ files, children }: { files: AttachedFiles; children: ReactNode }) {
  // Each child that is entered and left says so, too.
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const over = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    <div
      className="relative"
      onDragEnter={(event) => bringsFiles(event) && over(1)}
      onDragLeave={(event) => bringsFiles(event) && over(-1)}
      onDragOver={(event) => bringsFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        files.add([...event.dataTransfer.files]);
      }}
      onPaste={(event) => {
        if (!isOfFiles(event)) return;
        event.preventDefault();
        files.add([...event.clipboardData.files]);
      }}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-0 z-10 grid place-items-center rounded-md border-2 border-dashed border-accent bg-accent-soft text-sm font-medium text-accent-text">Drop to attach</div>
      )}
    </div>
  );
}

const bringsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

/** Office programs put a picture of what was copied beside its text: then the text is meant. */
function isOfFiles({ clipboardData: { files, types } }: ClipboardEvent): boolean {
  return files.length > 0 && !(types.includes('text/plain') && types.includes('text/html'));
}

/** What goes along, how far it has come, and what keeps it from being sent. */
export function FileChips({ files, hasText }: { files: AttachedFiles; hasText: boolean }) {
  const blocker = files.blocker(hasText);
  return (
    <>
      {files.files.length > 0 && (
        <ul aria-label="Attached files" className="flex max-h-42 flex-wrap gap-2 overflow-y-auto">
          {files.files.map((file) => (
            <FileChip
              key={file.key}
              file={file}
              onAgain={() => {
                files.tryAgain(file.key);
                focusComposer();
              }}
              onRemove={() => {
                files.remove(file.key);
                // Its button goes with it: the keyboard must be somewhere.
                focusComposer();
              }}
            />
          ))}
        </ul>
      )}
      <p role="status" className="text-xs text-ink-soft empty:hidden">
        {blocker}
      </p>
    </>
  );
}

function FileChip({ file: { name, size, state }, onAgain, onRemove }: { file: AttachedFile; onAgain: () => void; onRemove: () => void }) {
  const hasFailed = state.kind === 'failed';
  const Icon = hasFailed ? CircleAlert : Paperclip;
  return (
    <li className={cx('flex min-h-8 max-w-full items-center gap-2 rounded-md border bg-surface py-0.5 pr-0.5 pl-2.5 text-sm', hasFailed && 'border-danger bg-danger-soft')}>
      <Icon className={cx('size-3.5 shrink-0', hasFailed ? 'text-danger' : 'text-ink-faint')} aria-hidden="true" />
      <span className="max-w-60 min-w-0 truncate" title={name}>
        {name}
      </span>
      {state.kind === 'failed' ? <span className="min-w-0 text-danger">{state.why}</span> : <span className="shrink-0 text-ink-faint">{sizeWords(size)}</span>}
      {state.kind === 'uploading' && <progress aria-label={`Uploading ${name}`} value={state.part} className="h-1.5 w-14 shrink-0 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent" />}
      {state.kind === 'failed' && state.mayPass && <ChipButton label="Try again" of={name} icon={RotateCw} onClick={onAgain} />}
      <ChipButton label="Remove" of={name} icon={X} onClick={onRemove} />
    </li>
  );
}

function ChipButton({ label, of, icon: Icon, onClick }: { label: string; of: string; icon: LucideIcon; onClick: () => void }) {
  return (
    <button type="button" aria-label={`${label} ${of}`} title={label} onClick={onClick} className="grid size-7 shrink-0 place-items-center rounded text-ink-faint hover:bg-hover hover:text-ink">
      <Icon className="size-3.5" aria-hidden="true" />
    </button>
  );
}
