import type { ReactNode } from 'react';

/** Nothing here: what that means and what to do next. */
export function Empty({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-16 text-center">
      <span className="mb-1 flex size-11 items-center justify-center rounded-full bg-sunken text-ink-faint [&>svg]:size-5" aria-hidden="true">
        {icon}
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="text-ink-soft">{children}</div>
    </div>
  );
}
