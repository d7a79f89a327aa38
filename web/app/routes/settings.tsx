import type { MetaFunction } from '@remix-run/node';
import { NavLink, Outlet, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { PageHead } from '../shell/page-head.tsx';
import { useShell } from '../shell/shell-data.ts';
import { cx } from '../ui/cx.ts';

export const meta: MetaFunction = () => [{ title: 'Settings · Baton' }];

const PAGES = [
  { to: 'team', title: 'Team', isForAdmins: true },
  { to: 'people', title: 'People', isForAdmins: false },
  { to: 'shifts', title: 'Shifts and time off', isForAdmins: false },
  { to: 'agents', title: 'AI agents', isForAdmins: false },
  { to: 'model', title: 'Language and AI', isForAdmins: true },
  { to: 'policy', title: 'Default policy', isForAdmins: true },
  { to: 'sla', title: 'SLA', isForAdmins: true },
  { to: 'schedules', title: 'Schedules', isForAdmins: true },
  { to: 'addresses', title: 'E-mail addresses', isForAdmins: true },
  { to: 'mail', title: 'Mail log', isForAdmins: true },
  { to: 'widgets', title: 'Web chat', isForAdmins: true },
  { to: 'tags', title: 'Tags', isForAdmins: false },
  { to: 'keys', title: 'API keys', isForAdmins: true },
  { to: 'webhooks', title: 'Webhooks', isForAdmins: true },
] as const;

export default function Settings() {
  const isAdmin = useShell().me.role === 'admin';
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone it is a strip that scrolls: where somebody is has to be in sight.
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="Settings" />
      <div className="flex min-h-0 flex-1 flex-col md:flex-row">
        <nav ref={nav} aria-label="Settings" className="flex shrink-0 gap-1 overflow-x-auto border-b p-2 md:w-48 md:flex-col md:border-r md:border-b-0 md:p-3">
          {PAGES.filter(({ isForAdmins }) => isAdmin || !isForAdmins).map(({ to, title }) => (
            <NavLink
              key={to}
              to={to}
              prefetch="intent"
              className={({ isActive }) =>
                cx('rounded-md px-2.5 py-1.5 text-sm font-medium whitespace-nowrap', isActive ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink')
              }
            >
              {title}
            </NavLink>
          ))}
        </nav>
        {/* Positioned, so that what is positioned inside (words for screen readers alone) scrolls along and lengthens no page. */}
        <div className="relative min-h-0 flex-1 overflow-y-auto">
          <Outlet />
        </div>
      </div>
    </main>
  );
}
