import type { ReactNode } from 'react';
import { MenuButton } from './menu-button.tsx';

/** The line on top of every page: the drawer's button on a phone, the title, what can be done. */
export function PageHead({ title, count, children }: { title: string; count?: number | undefined; children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b px-3 md:px-4">
      <MenuButton />
      <h1 className="truncate text-base font-semibold">{title}</h1>
      {count !== undefined && <span className="text-sm text-ink-faint tabular">{count.toLocaleString('en')}</span>}
      <div className="ml-auto flex items-center gap-1.5">{children}</div>
    </header>
  );
}
