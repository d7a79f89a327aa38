import type { WebContext } from '#workflows/contract/desk.ts';

declare module '@remix-run/server-runtime' {
  // The api hands this to every loader and action.
  interface AppLoadContext extends WebContext {}
  interface Future {
    v3_singleFetch: true;
  }
}

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}
