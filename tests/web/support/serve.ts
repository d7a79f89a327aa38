import { randomBytes } from 'node:crypto';
import { createRequestHandler } from '@remix-run/express';
import express from 'express';
import type { ServerBuild } from '@remix-run/node';
import { ok, refuse } from '#workflows/domain/errors.ts';
import { customerWrites, liveListeners, memoryDesk } from './memory-desk.ts';

// Serves the built pages over the memory desk, under the api's Content-Security-Policy:
// node --import tsx tests/web/support/serve.ts [port]

const build: ServerBuild = await import(new URL('../../../build/web/server/index.js', import.meta.url).href);
const app = express();
const policyOf = (nonce: string) =>
  `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

app.use(express.static(new URL('../../../build/web/client', import.meta.url).pathname));
app.get('/events', (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': hello\n\n');
  const send = (event: Record<string, unknown>) => response.write(`id: ${String(event['cursor'])}\ndata: ${JSON.stringify(event)}\n\n`);
  liveListeners.add(send);
  response.on('close', () => liveListeners.delete(send));
});
app.get('/dev/customer/:number', (request, response) => {
  customerWrites(Number(request.params.number), typeof request.query['text'] === 'string' ? request.query['text'] : 'Are you still there?');
  response.send('ok');
});
app.use((request, response, next) => {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', policyOf(nonce));
  const isSignedIn = !/baton_out=1/.test(request.headers.cookie ?? '');
  const role = /baton_role=viewer/.test(request.headers.cookie ?? '') ? 'viewer' : 'admin';
  void createRequestHandler({
    build,
    getLoadContext: () => ({
      desk: isSignedIn ? memoryDesk(role) : null,
      nonce,
      csrfToken: 'dev',
      onFailure: () => undefined,
      csat: {
        question: async () => ok({ teamName: 'Northwind Outfitters', said: null, language: null }),
        answer: async (_token, { score, comment = '' }) => ok({ score, comment, at: new Date().toISOString() }),
      },
      auth: {
        signIn: async () => refuse('unauthenticated', 'E-mail or password is wrong.'),
        signInByLink: async () => ok({ setCookie: ['baton_out=0; Path=/'] }),
        signOut: async () => ({ setCookie: ['baton_out=1; Path=/'] }),
        invitation: async () => ok({ email: 'tom@demo.example', name: 'Tom', teamName: 'Northwind Outfitters' }),
        acceptInvitation: async () => ok({ setCookie: [] }),
      },
    }),
  })(request, response, next);
});
app.listen(Number(process.argv[2] ?? 4555), '127.0.0.1');
