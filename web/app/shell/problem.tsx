import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react';
import { CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

interface Words {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

function wordsOf(error: unknown): Words {
  if (!isRouteErrorResponse(error)) {
    return { status: 500, title: 'This page broke', detail: 'The fault is ours. Nothing you sent before was lost; loading the page again often helps.' };
  }
  const detail = detailIn(error.data);
  if (error.status === 404) return { status: 404, title: 'Nothing here', detail: detail ?? 'This address leads nowhere, or to something your team does not have.' };
  if (error.status === 403) return { status: 403, title: 'You have no access', detail: detail ?? 'Your role does not allow this.' };
  if (error.status === 503) return { status: 503, title: 'Not reachable right now', detail: detail ?? 'A part of Baton is away. It heals by itself; try again in a moment.' };
  return { status: error.status, title: 'That did not work', detail: detail ?? error.statusText };
}

function detailIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return null;
  return typeof body.detail === 'string' ? body.detail : null;
}

function iconOf(status: number) {
  if (status === 404) return <SearchX />;
  if (status === 403) return <Lock />;
  if (status === 503) return <CloudOff />;
  return <TriangleAlert />;
}

/** What happened, in words, and what can be done: the error page of a part or of the whole; a customer is shown no way to the inbox. */
export function Problem({ isWholePage = false, isForCustomer = false }: { isWholePage?: boolean; isForCustomer?: boolean }) {
  const words = wordsOf(useRouteError());
  return (
    <main className={isWholePage ? 'flex min-h-screen items-center' : 'flex min-h-0 flex-1 items-center overflow-y-auto bg-surface'}>
      <Empty icon={iconOf(words.status)} title={words.title}>
        <p>{words.detail}</p>
        <div className="mt-4 flex justify-center gap-2">
          {words.status !== 404 && words.status !== 403 && (
            <Button look="primary" onClick={() => window.location.reload()}>
              Try again
            </Button>
          )}
          {!isForCustomer && (
            <Link to="/" className={buttonClass({ look: 'plain' })}>
              To the inbox
            </Link>
          )}
        </div>
      </Empty>
    </main>
  );
}
