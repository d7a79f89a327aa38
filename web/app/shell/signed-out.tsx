import type { ReactNode } from 'react';

/** The quiet page of who is not signed in: one card in the middle. */
export function SignedOut({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-10">
      <div className="flex items-center gap-2.5">
        <img src="/icon.svg" alt="" className="size-8" />
        <span className="text-xl font-semibold tracking-tight">Baton</span>
      </div>
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-card">
        <h1 className="text-lg font-semibold">{title}</h1>
        {lead && <p className="mt-1 text-ink-soft">{lead}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  );
}
