import { data } from '@remix-run/node';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { NonceContext } from './nonce.tsx';
import { preferencesOf } from './preferences.server.ts';
import { Problem } from './shell/problem.tsx';
import { ToastRegion } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';
import './app.css';
import './load-context.ts';

export function loader({ request, context }: LoaderFunctionArgs) {
  const me = context.desk?.me ?? null;
  return data({
    ...preferencesOf(request),
    csrf: context.csrfToken,
    pageKey: crypto.randomUUID(),
    now: Date.now(),
    zone: me?.zone ?? 'UTC',
    locale: me?.locale ?? 'en',
  });
}

// Theme and token change by an action only; live updates need not ask again.
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod }) => formMethod !== undefined && formMethod !== 'GET';

export const meta: MetaFunction = () => [{ title: 'Baton' }];

/** The document around every page, the error pages included. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext);
  const root = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang="en" className={root?.theme ?? 'system'} data-density={root?.density ?? 'comfortable'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <TooltipProvider>
      <Outlet />
      <ToastRegion />
    </TooltipProvider>
  );
}

export function ErrorBoundary() {
  return <Problem isWholePage />;
}
