import { ok } from '#workflows/domain/errors.ts';
import { formOf, readForm, textOf, textsOf } from '#web/desk.server.ts';
import { answerCommand } from '#web/outcome.server.ts';
import { ownPath } from '#web/own-path.ts';
import { backTo } from '#web/sign-in.server.ts';
import { memoryDesk } from './support/memory-desk.ts';

const HOME = 'http://desk.test';
const posted = (body: string, headers: Record<string, string>) => new Request(`${HOME}/do/tickets/1`, { method: 'POST', body, headers });
const context = {
  desk: memoryDesk('admin'),
  nonce: '',
  csrfToken: 'ours',
  onFailure: () => undefined,
  csat: { question: () => Promise.reject(new Error('not asked')), answer: () => Promise.reject(new Error('not asked')) },
  auth: {
    signIn: () => Promise.reject(new Error('not asked')),
    signInByLink: () => Promise.reject(new Error('not asked')),
    signOut: () => Promise.reject(new Error('not asked')),
    invitation: () => Promise.reject(new Error('not asked')),
    acceptInvitation: () => Promise.reject(new Error('not asked')),
  },
};

describe('signing in', () => {
  it('leads back to pages of ours and never to another site, however its address is spelt', () => {
    const elsewhere = ['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '/.//evil.example', '/x/..//evil.example', 'https://evil.example', 'javascript:alert(1)', ''];
    expect(elsewhere.map((to) => [to, backTo(`${HOME}/sign-in?to=${encodeURIComponent(to)}`)])).toEqual(elsewhere.map((to) => [to, '/']));
    expect(backTo(`${HOME}/sign-in?to=${encodeURIComponent('/all?q=halo&status=new')}`)).toBe('/all?q=halo&status=new');
  });

  it('takes an address in any script as a browser would send it', () => {
    expect(ownPath('/検索?q=ü')).toBe('/%E6%A4%9C%E7%B4%A2?q=%C3%BC');
  });
});

describe('a form', () => {
  const broken = [
    posted('{}', { 'content-type': 'application/json' }),
    posted('rubbish', { 'content-type': 'multipart/form-data; boundary=x' }),
    posted('rubbish', { 'content-type': 'multipart/form-data' }),
  ];

  it.each(broken)('that is none, or broken, is refused in words', async (request) => {
    await expect(formOf(request.clone(), context)).rejects.toMatchObject({ data: { code: 'malformed' }, init: { status: 400 } });
    const answer = await answerCommand({ request, context }, () => Promise.reject(new Error('not asked')));
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ ok: false, code: 'malformed' })]);
  });

  it('holds no NUL, which no database could be asked for', async () => {
    const form = await readForm(posted('id=a%00b&tag=%00&tag=c', { 'content-type': 'application/x-www-form-urlencoded' }));
    expect(form && [textOf(form, 'id'), textsOf(form, 'tag')]).toEqual(['ab', ['', 'c']]);
  });

  it('of a browser without scripts goes back to a page of ours, whatever it says it came from', async () => {
    const cases = [['::::', '/'], [`${HOME}//evil.example/x`, '/'], ['https://evil.example/all', '/'], [`${HOME}/all?q=1`, '/all?q=1']] as const;
    for (const [referer, place] of cases) {
      const request = posted('csrf=ours', { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-dest': 'document', referer });
      const answer = await answerCommand({ request, context }, () => Promise.resolve(ok(null)));
      expect([referer, answer.headers.get('location')]).toEqual([referer, place]);
    }
  });
});
