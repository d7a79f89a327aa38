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

/** What a line is about. On a phone it has the line's width, and what can be done stands below. */
export function LineText({ isBesidePicture = false, children }: { isBesidePicture?: boolean; children: ReactNode }) {
  return <span className={`min-w-0 flex-1 sm:basis-0 ${isBesidePicture ? 'basis-[calc(100%-3rem)]' : 'basis-full'}`}>{children}</span>;
}

/** What can be done with a line, and the short facts beside it. */
export function LineActs({ isBelowPicture = false, children }: { isBelowPicture?: boolean; children: ReactNode }) {
  return <span className={`flex min-w-0 flex-wrap items-center gap-y-1 pt-1 sm:gap-x-3 sm:pt-0 ${isBelowPicture ? 'gap-x-1 w-full pl-10 sm:w-auto sm:pl-0' : 'gap-x-3'}`}>{children}</span>;
}

/** A list of lines in a frame. */
export function Lines({ children }: { children: ReactNode }) {
  return <ul className="divide-y rounded-lg border [&>li]:flex [&>li]:min-h-13 [&>li]:flex-wrap [&>li]:items-center [&>li]:gap-x-3 [&>li]:gap-y-1 [&>li]:px-4 [&>li]:py-2.5">{children}</ul>;
}
