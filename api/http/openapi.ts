import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { REFUSAL_CODES } from '#workflows/domain/errors.ts';
import { HTTP_ONLY_CODES, PROBLEMS } from './errors.ts';
import type { ProblemCode } from './errors.ts';
import { AUDIENCE_WORDS } from './may-call.ts';
import type { Audience, Route } from './route.ts';
import { COMPONENTS } from './openapi-components.ts';
import { openApiWebhooks } from './openapi-webhooks.ts';

const HEADERS = {
  idempotencyKey: z.string().min(1).max(255).optional().meta({
    description: 'Repeating a request with the same key within 24 h gives the first answer and does nothing again.',
  }),
  ifMatch: z.string().meta({ description: 'The ETag that GET answered with.', example: '"7"' }),
};

const problem = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened here, for a person.' }),
    code: z.enum([...REFUSAL_CODES, ...HTTP_ONLY_CODES]),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    legal: z.array(z.string()).optional().meta({ description: 'The moves that would be legal.' }),
    holder: z.object({ id: z.string(), name: z.string().optional() }).optional().meta({ description: 'Who holds the conversation.' }),
    retryAfter: z.number().optional().meta({ description: 'Seconds, as in Retry-After.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

export type ApiDocument = ReturnType<typeof openApiDocument>;

/** The OpenAPI 3.1 document of these routes, made of the schemas that validate. */
export function openApiDocument(routes: readonly Route[], { publicUrl }: { publicUrl: string }) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Baton', version: '1', description: 'The help desk’s API. Errors are RFC 9457 problems with a closed set of codes.' },
    servers: [{ url: new URL('/api/v1', publicUrl).href }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ key: [] }, { session: [] }],
    paths,
    webhooks: openApiWebhooks(),
    components: {
      schemas: { ...COMPONENTS, Problem: problem },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: `bat_…`' },
        session: { type: 'apiKey', in: 'cookie', name: 'baton.session_token', description: 'A signed-in browser; changes also need X-CSRF-Token.' },
      },
    },
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const isKeyed = route.method === 'post' || route.method === 'patch';
  const header = {
    ...(isKeyed && { 'Idempotency-Key': HEADERS.idempotencyKey }),
    ...(route.hasVersion && route.method === 'put' && { 'If-Match': HEADERS.ifMatch }),
  };
  const params = asObject(route.params);
  const query = asObject(route.query);
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `Who: ${AUDIENCE_WORDS[route.who]}.`].filter(Boolean).join('\n\n'),
    'x-baton-who': route.who,
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(Object.keys(header).length > 0 && { header: z.object(header) }) },
    ...(route.body && { requestBody: bodyOf(route, route.body) }),
    responses: { ...successOf(route), ...errorsOf(route) },
  };
}

const ANY_BYTES = { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } };

function bodyOf({ takesFile }: Route, schema: z.ZodType) {
  if (takesFile) return { required: true, description: 'The bytes of the file, whatever they are; Content-Type says what it is.', content: ANY_BYTES };
  return { required: !schema.safeParse({}).success, content: { 'application/json': { schema } } };
}

function successOf({ answer, status, hasVersion, isFile, isStream }: Route): ZodOpenApiResponsesObject {
  if (isFile) return { 200: { description: 'The file, as a download.', content: ANY_BYTES } };
  if (isStream) return { 200: { description: 'Server-sent events, as they come.', content: { 'text/event-stream': { schema: { type: 'string' } } } } };
  if (answer === undefined) return { 204: { description: 'Done.' } };
  const headers = hasVersion ? { headers: { ETag: { schema: { type: 'string' as const }, description: 'The version in quotes, for If-Match.' } } } : {};
  return { [status]: { description: status === 201 ? 'Made.' : 'The answer.', content: { 'application/json': { schema: answer } }, ...headers } };
}

function errorsOf(route: Route): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(route)) byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [
      `${status}`,
      { description: codes.map((code) => `\`${code}\` ${PROBLEMS[code].title}`).join('; '), content: { 'application/problem+json': { schema: problem } } },
    ]),
  );
}

const ANYBODY: readonly Audience[] = ['anyone', 'agent_or_reader'];

/** Every code this route can answer: those of its own, and those that follow from what it takes. */
export function codesOf(route: Route): ProblemCode[] {
  const isWrite = route.method !== 'get';
  const isKeyed = route.method === 'post' || route.method === 'patch';
  return [
    ...new Set<ProblemCode>([
      'malformed',
      'unauthenticated',
      ...(ANYBODY.includes(route.who) ? [] : (['forbidden'] as const)),
      ...(isWrite ? (['csrf'] as const) : []),
      ...(route.body ? (['too_large'] as const) : []),
      ...(route.body && !route.takesFile ? (['unsupported_media_type'] as const) : []),
      'invalid',
      ...(isKeyed ? (['idempotency_mismatch', 'in_progress'] as const) : []),
      ...route.refusals,
      'rate_limited',
      'internal',
      'unavailable',
      ...(isWrite ? (['outcome_unknown'] as const) : []),
    ]),
  ];
}

function asObject(schema: z.ZodType | undefined): z.ZodObject | undefined {
  return schema instanceof z.ZodObject ? schema : undefined;
}
