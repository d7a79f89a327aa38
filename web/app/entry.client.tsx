import { RemixBrowser } from '@remix-run/react';
import { startTransition, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { waitWithReads } from './shell/patient-reads.ts';

declare global {
  var __webpack_nonce__: string | undefined;
}

// Radix locks scrolling with a style element; `get-nonce` reads this name to let the policy admit it.
globalThis.__webpack_nonce__ = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;

waitWithReads();

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
