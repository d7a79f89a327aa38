import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

interface EditionProps<T> {
  /** As it is in force. */
  readonly of: T;
  readonly children: (edition: T, onSaved: () => void) => ReactNode;
}

/**
 * Settings in a form: as they are in force, until somebody begins to change them here; then as they were, whatever is saved elsewhere
 * meanwhile, until this is saved or let go. Saving over another's version is refused by the server; what was entered stays (P55).
 */
export function Edition<T extends { readonly version: number }>({ of: newest, children }: EditionProps<T>) {
  const [begun, setBegun] = useState<T | null>(null);
  const edition = begun ?? newest;
  const begin = () => setBegun((before) => before ?? newest);
  const end = () => setBegun(null);
  return (
    <>
      {/* Adding a row and choosing from a list are clicks on buttons, of lists outside this element, too. */}
      <div className="contents" onInput={begin} onClick={({ target }) => target instanceof Element && target.closest('button, [role="option"]') !== null && begin()}>
        <Fragment key={edition.version}>{children(edition, end)}</Fragment>
      </div>
      {edition.version !== newest.version && (
        <div role="alert" className="sticky bottom-2 z-10 flex flex-wrap items-center gap-3 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn shadow-card">
          <span className="min-w-48 flex-1">Somebody changed this meanwhile: version {newest.version} is in force. Yours is still here, unsaved.</span>
          <Button size="small" onClick={end}>
            Discard mine and load it
          </Button>
        </div>
      )}
    </>
  );
}
