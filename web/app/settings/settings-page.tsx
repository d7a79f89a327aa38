import type { ReactNode } from 'react';

/** A page of settings: its title, what it is for, its parts. */
export function SettingsPage({ title, lead, children, isWide = false }: { title: string; lead?: ReactNode; children: ReactNode; isWide?: boolean }) {
  return (
    <div className={`mx-auto flex w-full flex-col gap-6 p-4 md:p-8 ${isWide ? 'max-w-5xl' : 'max-w-3xl'}`}>
      <div>
        <h2 className="text-xl font-semibold tracking-tight">{title}</h2>
        {lead && <p className="mt-1 text-ink-soft">{lead}</p>}
      </div>
      {children}
    </div>
  );
}

/** A framed part of a page. */
export function Card({ title, children, action }: { title?: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="rounded-lg border">
      {title && (
        <div className="flex items-center gap-2 border-b px-4 py-2.5">
          <h3 className="flex-1 font-medium">{title}</h3>
          {action}
        </div>
      )}
      <div className="p-4">{children}</div>
    </section>
  );
}

/** A list of lines in a frame. */
export function Lines({ children }: { children: ReactNode }) {
  return <ul className="divide-y rounded-lg border [&>li]:flex [&>li]:min-h-13 [&>li]:flex-wrap [&>li]:items-center [&>li]:gap-x-3 [&>li]:gap-y-1 [&>li]:px-4 [&>li]:py-2.5">{children}</ul>;
}
