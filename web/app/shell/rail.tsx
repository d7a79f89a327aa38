import { Link, NavLink, useSearchParams } from '@remix-run/react';
import { Bot, Mailbox, PenLine, Search, Settings, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';

import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { Bell } from './bell.tsx';
import { RailFoot } from './rail-foot.tsx';
import { useMayWrite, useShell } from './shell-data.ts';
import { VIEW_ENTRIES } from './views.ts';

const LINE = 'group flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium';

function RailLink({ to, icon, children, count, isActive }: { to: string; icon: ReactNode; children: ReactNode; count?: number; isActive?: boolean }) {
  const look = (isOn: boolean) => cx(LINE, isOn ? 'bg-selected text-ink' : 'text-ink-soft hover:bg-hover hover:text-ink');
  return (
    <li>
      <NavLink to={to} prefetch="intent" className={({ isActive: isHere }) => look(isActive ?? isHere)}>
        <span className="flex size-4 shrink-0 items-center justify-center [&>svg]:size-4" aria-hidden="true">
          {icon}
        </span>
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count !== undefined && count > 0 && (
          <span className="text-xs text-ink-faint tabular">
            {count > 9_999 ? `${Math.floor(count / 1_000)}k` : count}
            <span className="sr-only"> {count === 1 ? 'entry' : 'entries'}</span>
          </span>
        )}
      </NavLink>
    </li>
  );
}

/** The left rail: team and bell, find and write, views with live counts, agents, places, and me at its foot. */
export function Rail({ onPalette, onShortcuts }: { onPalette: () => void; onShortcuts: () => void }) {
  const { me, counts, agents } = useShell();
  const mayWrite = useMayWrite();
  const [search] = useSearchParams();
  const agentFilter = search.get('agent');
  return (
    <>
      <div className="flex h-13 items-center gap-2 pr-2 pl-4">
        <img src="/icon.svg" alt="" className="size-5.5" />
        <span className="line-clamp-2 min-w-0 flex-1 leading-tight font-semibold" title={me.team.name}>
          {me.team.name}
        </span>
        <Bell />
        {mayWrite && (
          <Tooltip label="New ticket" keys="c">
            <Link to="/new" aria-label="New ticket" className={buttonClass({ look: 'quiet', size: 'icon' })}>
              <PenLine className="size-4" />
            </Link>
          </Tooltip>
        )}
      </div>
      <div className="px-2 pb-2">
        <Button look="plain" className="w-full !justify-start !px-2 font-normal !text-ink-faint" onClick={onPalette}>
          <Search className="size-4" aria-hidden="true" />
          <span className="flex-1 text-left">Find or do anything</span>
          <kbd className="font-sans text-xs">Ctrl K</kbd>
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <ul className="flex flex-col gap-px">
          {VIEW_ENTRIES.map(({ path, title, icon: Icon, countOf }) => (
            <RailLink
              key={path}
              to={path}
              icon={<Icon />}
              {...(path !== '/solved' && { count: countOf(counts) })}
              {...(agentFilter !== null && { isActive: false })}
            >
              {title}
            </RailLink>
          ))}
        </ul>
        {agents.length > 0 && (
          <RailGroup title="AI agents">
            {agents.map(({ id, name }) => (
              <RailLink key={id} to={`/all?agent=${id}`} icon={<Bot />} isActive={agentFilter === id}>
                {name}
              </RailLink>
            ))}
          </RailGroup>
        )}
        <RailGroup title={me.team.isDemo ? 'Demo team' : 'Team'}>
          {me.team.isDemo && (
            <RailLink to="/customer" icon={<UserRound />}>
              Play the customer
            </RailLink>
          )}
          <RailLink to="/mailbox" icon={<Mailbox />}>
            Local mailbox
          </RailLink>
          <RailLink to="/settings" icon={<Settings />}>
            Settings
          </RailLink>
        </RailGroup>
      </div>
      <RailFoot onShortcuts={onShortcuts} />
    </>
  );
}

function RailGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-4">
      <h2 className="px-2 pb-1 text-xs font-medium text-ink-faint">{title}</h2>
      <ul className="flex flex-col gap-px">{children}</ul>
    </section>
  );
}
