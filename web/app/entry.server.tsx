import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { NonceContext } from './nonce.tsx';
import './load-context.ts';

const ABORT_AFTER_MS = 5_000;

/** Streams to browsers as soon as the shell is ready; to crawlers and scriptless readers when all is. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, onFailure }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let answerStatus = status;
    const send = () => {
      const body = new PassThrough();
      headers.set('Content-Type', 'text/html; charset=utf-8');
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }));
      stream.pipe(body);
    };
    const waitsForAll = isbot(request.headers.get('user-agent'));
    const stream = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={ABORT_AFTER_MS} />
      </NonceContext.Provider>,
      {
        nonce,
        ...(waitsForAll ? { onAllReady: send } : { onShellReady: send }),
        onShellError: reject,
        onError: (error) => {
          answerStatus = 500;
          if (!request.signal.aborted) onFailure(error);
        },
      },
    );
    setTimeout(() => stream.abort(), ABORT_AFTER_MS + 1_000).unref();
  });
}

/** What a loader or an action threw. A refusal, which is no Error, and a reader who went away are no failures. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (error instanceof Error && !request.signal.aborted) context.onFailure(error);
}
