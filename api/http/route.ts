import { z } from 'zod';
import type { Refusal, RefusalCode, Result } from '#workflows/domain/errors.ts';
import { ok, refuseFields } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { unstorableTexts } from './unstorable-texts.ts';

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** Who may call: each includes the ones before it, but for agent keys, which are named. */
export const AUDIENCES = ['anyone', 'agent_or_reader', 'agent_or_writer', 'reader', 'writer', 'admin', 'person'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What a route's work gets. Inputs have been checked; the use cases parse them once more into their own types. */
export interface Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly principal: Principal;
  readonly params: z.output<P>;
  readonly query: z.input<Q>;
  readonly body: z.input<B>;
  /** Everything a command makes derives from it, so that a repeated request is the same command. */
  readonly key: string;
  /** The version that If-Match names; only on routes with `hasVersion`. */
  readonly ifVersion: number;
}

export interface RouteDefinition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  readonly method: Method;
  /** Below `/api/v1`, in OpenAPI's words: `/tickets/{ticketId}`. */
  readonly path: `/${string}`;
  /** The operation's id, unique: `listTickets`. */
  readonly name: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly who: Audience;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The field that may fill a body: what is too large is refused by its name. */
  readonly bulkField?: string;
  /** Left out: 204, nothing to say. */
  readonly answer?: A;
  readonly status?: 200 | 201;
  /** The refusals of the work itself; those of the request follow from the rest. */
  readonly refusals?: readonly RefusalCode[];
  /** The answer has a `version`: it travels as ETag, and a PUT must name it in If-Match (RFC 9110). */
  readonly hasVersion?: boolean;
  /** The body is a file of any kind, and its schema is `fileBody`: it is not read before the work reads it. */
  readonly takesFile?: boolean;
  /** The answer is a `FileAnswer`: its bytes are sent as a download. */
  readonly isFile?: boolean;
  /** The answer is a `StreamAnswer`: it is told as server-sent events. */
  readonly isStream?: boolean;
  /** The answer shows a secret once: what is kept for a repeated request is sealed. */
  readonly hasSecret?: boolean;
  /** Its first effect is a commit in PostgreSQL, which takes the key's row to the disk along with its own: the key need not wait for the disk before. */
  readonly commitsFirst?: boolean;
  /** All that it makes derives from the key: carried out twice at once it is the same command, so a dead process may lose its key soon. */
  readonly derivesFromKey?: boolean;
  readonly run: (deps: AppDeps, call: Call<P, Q, B>) => Promise<Result<z.output<A>>>;
}

/** A request as far as a route looks at it. */
export interface RawCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: string | undefined;
}

/** A checked request, ready to be carried out. */
export type Work = (deps: AppDeps, principal: Principal, key: string) => Promise<Result<unknown>>;

/** A route whose types are its own affair. */
export interface Route extends Omit<RouteDefinition<z.ZodType, z.ZodType, z.ZodType, z.ZodType>, 'run' | 'status' | 'refusals'> {
  readonly status: 200 | 201 | 204;
  readonly refusals: readonly RefusalCode[];
  /** Checks a request against the schemas; a refusal names every wrong field. */
  readonly check: (raw: RawCall) => Result<Work>;
}

const NOTHING = z.strictObject({});

/** Declares a route: it validates by these schemas, and the OpenAPI document is made of them. */
export function route<
  P extends z.ZodType = typeof NOTHING,
  Q extends z.ZodType = typeof NOTHING,
  B extends z.ZodType = typeof NOTHING,
  A extends z.ZodType = z.ZodNull,
>(definition: RouteDefinition<P, Q, B, A>): Route {
  const { run, refusals = [], status = 200, ...rest } = definition;
  return {
    ...rest,
    refusals,
    status: definition.answer === undefined ? 204 : status,
    check(raw) {
      const params = checked(definition.params, raw.params, 'path');
      const query = checked(definition.query, raw.query, 'query');
      const body = checked(definition.body, raw.body, 'body');
      const ifVersion = definition.hasVersion && definition.method === 'put' ? versionIn(raw.ifMatch) : ok(0);
      if (!params.ok || !query.ok || !body.ok || !ifVersion.ok) return together([params, query, body, ifVersion]);
      const call = { params: params.value.output, query: query.value.input, body: body.value.input, ifVersion: ifVersion.value };
      return ok((deps, principal, key) => run(deps, { principal, key, ...call }));
    },
  };
}

interface Checked<T extends z.ZodType> {
  readonly input: z.input<T>;
  readonly output: z.output<T>;
}

/** The input, known to be one, and what the schema makes of it. A route without a schema takes nothing. */
function checked<T extends z.ZodType>(schema: T | undefined, given: unknown, root: string): Result<Checked<T>> {
  const input = given === undefined ? {} : given;
  const parsed = parseInput<z.ZodType>(schema ?? NOTHING, input, root);
  if (!parsed.ok) return parsed;
  const errors = unstorableTexts(input, root);
  if (errors.length > 0) return refuseFields(errors);
  const pair = { input, output: parsed.value };
  const isChecked = (_: object): _ is Checked<T> => parsed.ok;
  return isChecked(pair) ? ok(pair) : refuseFields([]);
}

/** RFC 9110: `"7"`; a weak tag or a star would not say which version was read. */
function versionIn(ifMatch: string | undefined): Result<number> {
  const digits = /^"(\d{1,9})"$/.exec(ifMatch?.trim() ?? '')?.[1];
  if (digits !== undefined) return ok(Number(digits));
  return refuseFields([{ path: 'header.if-match', message: 'must be the ETag that GET answered with, like "7"' }]);
}

function together(results: readonly Result<unknown>[]): Refusal {
  return refuseFields(results.flatMap((one) => (one.ok ? [] : (one.errors ?? []))));
}
