import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** The end of a dialog's form: leave it, or save. */
export function DialogActions({ isBusy, onClose }: { isBusy: boolean; onClose: () => void }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? 'Saving…' : 'Save'}
      </Button>
    </div>
  );
}

/** The end of a page's form, in sight however long it is: which version it was made of, and what saves it. */
export function SaveBar({ isBusy, version, children }: { isBusy: boolean; version: number | null; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 z-10 -mx-1 flex items-center justify-end gap-3 bg-surface px-1 py-3">
      {version !== null && <span className="text-xs text-ink-faint">Version {version}</span>}
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? 'Saving…' : children}
      </Button>
    </div>
  );
}
