import { useLocation } from '@remix-run/react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Drawer } from '../ui/dialog.tsx';
import { Live } from './live.tsx';
import { MenuButtonContext } from './menu-button.tsx';
import { Rail } from './rail.tsx';
import { useShell } from './shell-data.ts';
import { useActivity } from './use-activity.ts';
import { useGoKeys } from './use-go-keys.ts';
import { useRefreshAt } from './use-refresh-at.ts';
import { useKeys } from './keys.ts';

// Both open on demand: the first load does not pay for them.
const Palette = lazy(() => import('./palette.tsx').then(({ Palette: component }) => ({ default: component })));
const Shortcuts = lazy(() => import('./shortcuts.tsx').then(({ Shortcuts: component }) => ({ default: component })));

/** The frame of the inbox: the rail at the left (a drawer on a phone), the page beside it. */
export function Shell({ children }: { children: ReactNode }) {
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null);
  const { pathname, search } = useLocation();
  useEffect(() => setDrawerOpen(false), [pathname, search]);
  useGoKeys();
  useActivity();
  useRefreshAt([useShell().presence.changesAt]);
  useKeys({
    'mod+k': () => setOverlay('palette'),
    '?': () => setOverlay('shortcuts'),
  });
  const rail = <Rail onPalette={() => setOverlay('palette')} onShortcuts={() => setOverlay('shortcuts')} />;
  return (
    <MenuButtonContext.Provider value={() => setDrawerOpen(true)}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-pop focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh flex-col overflow-hidden">
        <Live />
        <div className="flex min-h-0 flex-1">
          <nav aria-label="Main" className="hidden w-60 shrink-0 flex-col md:flex">
            {rail}
          </nav>
          <div id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none md:py-2 md:pr-2">
            <div className="flex min-h-0 flex-1 overflow-hidden bg-surface md:rounded-lg md:border md:shadow-card">{children}</div>
          </div>
        </div>
      </div>
      <Drawer isOpen={isDrawerOpen} onOpenChange={setDrawerOpen} title="Menu">
        <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col">
          {rail}
        </nav>
      </Drawer>
      {/* Not in the served page: a boundary there is hydrated late, and a key pressed before that would throw React's error 421. */}
      {overlay !== null && (
        <Suspense>
          {overlay === 'palette' ? <Palette onClose={() => setOverlay(null)} /> : <Shortcuts onClose={() => setOverlay(null)} />}
        </Suspense>
      )}
    </MenuButtonContext.Provider>
  );
}
