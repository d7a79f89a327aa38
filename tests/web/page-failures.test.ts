import type { LoaderFunctionArgs } from '@remix-run/node';
import { problem } from '#web/desk.server.ts';
import { handleError } from '#web/entry.server.tsx';

describe('a page that fails', () => {
  it('tells the log what was thrown, and nothing of refusals or of readers who went away', () => {
    const told: unknown[] = [];
    const auth = { signIn: refused, signInByLink: refused, signOut: refused, invitation: refused, acceptInvitation: refused };
    const asked = (request: Request): LoaderFunctionArgs => ({ request, params: {}, context: { desk: null, nonce: '', csrfToken: '', auth, csat: { question: refused, answer: refused }, onFailure: (error) => told.push(error) } });
    const failure = new Error('the database said no');
    handleError(failure, asked(new Request('http://desk.test/all')));
    handleError(problem({ ok: false, code: 'not_found', detail: 'There is no such ticket.' }), asked(new Request('http://desk.test/all/99')));
    handleError(failure, asked(new Request('http://desk.test/all', { signal: AbortSignal.abort() })));
    expect(told).toEqual([failure]);
  });
});

function refused(): Promise<never> {
  return Promise.reject(new Error('nobody signs in here'));
}
