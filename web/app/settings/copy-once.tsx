import { CopyText } from './copy-text.tsx';

/** A secret or a link to take along now. */
export function CopyOnce({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div role="status" className="flex flex-col gap-2 rounded-md bg-ok-soft p-3">
      <p className="text-sm font-medium text-ok">{note}</p>
      <CopyText label={label} value={value} />
    </div>
  );
}
