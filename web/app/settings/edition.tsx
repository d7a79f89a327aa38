import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { NewerVersion } from './newer-version.tsx';

interface EditionProps<T> {
  /** As it is in force. */
  readonly of: T;
  readonly children: (edition: T, onSaved: (version: number) => void) => ReactNode;
}

interface Begun<T> {
  /** As it was, with the version that a save goes by. */
  readonly edition: T;
  /** The version that was in force when somebody began. */
  readonly replaces: number;
  /** False from a save on, until something is changed again. */
  readonly isTouched: boolean;
}

/**
 * Settings in a form: as they are in force, until somebody begins to change them here; then as they were, whatever is saved elsewhere
 * meanwhile, until this is saved or let go. Saving over another's version is refused by the server; what was entered stays (P55).
 */
export function Edition<T extends { readonly version: number }>({ of: newest, children }: EditionProps<T>) {
  const [last, setBegun] = useState<Begun<T> | null>(null);
  // What was saved here stands until the page has loaded it: who goes on at once changes what they saved, and not what was before.
  const isLoaded = ({ isTouched, replaces }: Begun<T>) => !isTouched && newest.version !== replaces;
  const begun = last === null || isLoaded(last) ? null : last;
  const edition = begun?.edition ?? newest;
  const begin = () => setBegun((before) => (before === null || isLoaded(before) ? { edition: newest, replaces: newest.version, isTouched: true } : { ...before, isTouched: true }));
  const onSaved = (version: number) => setBegun((before) => before && { ...before, edition: { ...before.edition, version }, isTouched: false });
  return (
    <>
      {/* Adding a row and choosing from a list are clicks on buttons, of lists outside this element, too. */}
      <div className="contents" onInput={begin} onClick={({ target }) => target instanceof Element && target.closest('button, [role="option"]') !== null && begin()}>
        <Fragment key={begun?.replaces ?? newest.version}>{children(edition, onSaved)}</Fragment>
      </div>
      {begun !== null && newest.version !== edition.version && newest.version !== begun.replaces && (
        <div className="sticky bottom-2 z-10 rounded-md shadow-card">
          <NewerVersion version={newest.version} onReload={() => setBegun(null)}>
            Somebody changed this
          </NewerVersion>
        </div>
      )}
    </>
  );
}
