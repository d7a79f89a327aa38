import { codesOf, openApiDocument } from '#api/http/openapi.ts';
import { listIn, recordIn } from '#api/http/openapi-fields.ts';
import { PROBLEMS } from '#api/http/errors.ts';
import { ALL_ROUTES } from '#api/routes/all-routes.ts';
import { anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';

const document = openApiDocument(ALL_ROUTES, { publicUrl: 'http://localhost:4000' });
const text = JSON.stringify(document);
const operationOf = (path: string, method: string) => recordIn(recordIn(recordIn(document.paths)[path])[method]);

describe('the OpenAPI document', () => {
  it('has every route, each under a name of its own', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((item) => Object.keys(item ?? {}));
    expect(operations).toHaveLength(ALL_ROUTES.length);
    expect(new Set(ALL_ROUTES.map(({ name }) => name)).size).toBe(ALL_ROUTES.length);
    expect(document.openapi).toBe('3.1.0');
  });

  it.each(ALL_ROUTES.map((route) => [route.name, route] as const))('tells the errors, the parameters and the body of %s', (_name, route) => {
    const operation = operationOf(route.path, route.method);
    const statuses = new Set(codesOf(route).map((code) => `${PROBLEMS[code].status}`));
    expect(Object.keys(recordIn(operation['responses']))).toEqual(expect.arrayContaining([...statuses, `${route.status}`]));
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = listIn(operation['parameters']).map(recordIn).filter((one) => one['in'] === 'path');
    expect(inPath.map((one) => one['name'])).toEqual(named);
    expect(operation['requestBody'] !== undefined).toBe(route.body !== undefined);
    expect(operation['summary']).toBeTruthy();
  });

  it('offers Idempotency-Key on every POST and PATCH and on nothing else', () => {
    for (const route of ALL_ROUTES) {
      const headers = listIn(operationOf(route.path, route.method)['parameters']).map((one) => recordIn(one)['name']);
      expect([route.name, headers.includes('Idempotency-Key')]).toEqual([route.name, route.method === 'post' || route.method === 'patch']);
    }
  });

  it('leads every reference somewhere', () => {
    const known = new Set(Object.keys(recordIn(recordIn(document.components)['schemas'])));
    const references = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  it('says of a strict body that it takes nothing else', () => {
    const schema = recordIn(recordIn(recordIn(operationOf('/tickets/{ticketId}/reply', 'post')['requestBody'])['content'])['application/json']);
    expect(JSON.stringify(schema)).toContain('"additionalProperties":false');
  });
});

describe('the docs', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await anApi();
  });
  afterAll(() => api.close());

  it('are the document, for programs and for people, without a key', async () => {
    expect((await ask(api, 'GET /openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    const { status, headers, body } = await ask(api, 'GET /api/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/html');
    const page = String(body);
    for (const route of ALL_ROUTES) expect(page).toContain(`id="${route.name}"`);
    for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`id="error-${code}"`);
  });

  it('run no script and carry the style that their policy admits', async () => {
    const { headers, body } = await ask(api, 'GET /api/docs');
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
    expect(nonce).toBeTruthy();
    expect(String(body)).toContain(`<style nonce="${nonce}">`);
    expect(String(body)).not.toMatch(/<script|\sstyle=|\son\w+=|src=|https?:\/\//);
  });
});
