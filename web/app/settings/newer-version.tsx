import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

interface NewerVersionProps {
  /** Who changed what, like "Ada changed this schedule". */
  readonly children: ReactNode;
  /** The one that is in force. */
  readonly version: number;
  readonly onReload: () => void;
}

/** Tells whoever is changing settings that somebody else has saved them: it takes nothing from them, and they choose. */
export function NewerVersion({ children, version, onReload }: NewerVersionProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      <span className="min-w-48 flex-1">
        {children} meanwhile: version {version} is in force. Yours is still here, unsaved.
      </span>
      <Button size="small" onClick={onReload}>
        Discard mine and load it
      </Button>
    </div>
  );
}
