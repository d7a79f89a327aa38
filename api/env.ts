import { z } from 'zod';
import { DEFAULT_MODEL } from '#workflows/contract/model.ts';

// Every setting of the api and the command line, with its default and what it is for: `--help` prints this.
const port = z.coerce.number().int().min(1).max(65_535);
const settings = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).meta({ description: 'PostgreSQL, as postgres://user:password@host:port/database' }),
  TEMPORAL_ADDRESS: z.string().optional().meta({ description: 'host:port of the Temporal frontend; left out: the envconfig profile, else localhost:7233' }),
  TEMPORAL_NAMESPACE: z.string().optional().meta({ description: 'Temporal namespace; left out: that of the envconfig profile, else default' }),
  BATON_TASK_QUEUE: z.string().default('baton').meta({ description: 'task queue that api and worker share' }),
  PORT: port.default(4000).meta({ description: 'port of the pages and the API' }),
  HOST: z.string().default('127.0.0.1').meta({ description: 'address to listen on; 0.0.0.0 for all' }),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional().meta({ description: 'where people reach this server; https makes cookies Secure; left out: http://localhost:PORT' }),
  BATON_DATA: z.string().default('.baton').meta({ description: 'data folder: attachments, local mailbox, secret' }),
  BATON_SECRET: z.string().min(32, 'must have at least 32 characters').optional().meta({ description: 'encrypts credentials and signs sessions; left out: the file "secret" in the data folder' }),
  SMTP_IN_PORT: port.default(4001).meta({ description: 'port that takes mail' }),
  SMTP_IN_HOST: z.string().default('127.0.0.1').meta({ description: 'address to take mail on' }),
  SMTP_OUT_URL: z.url({ protocol: /^smtps?$/ }).optional().meta({ description: 'smtp://user:password@host:port; left out: mail goes to the local mailbox' }),
  MAIL_DOMAIN: z.string().default('baton.localhost').meta({ description: 'domain of Message-IDs and of addresses that Baton makes' }),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional().meta({ description: 'an OpenAI-compatible endpoint, like https://host/v1; left out: no AI, summaries are extracts' }),
  LLM_API_KEY: z.string().optional().meta({ description: 'its key' }),
  LLM_MODEL: z.string().optional().meta({ description: 'the model it should use' }),
  WEBHOOK_ALLOW_PRIVATE: z.enum(['0', '1']).default('0').meta({ description: '1: webhooks and models of teams may name private and loopback addresses' }),
  PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0).meta({ description: 'how many proxies before this server may name the client (X-Forwarded-For)' }),
  RATE_LIMIT: z.coerce.number().int().min(1).default(1_200).meta({ description: 'API requests a minute of one person or key, over all processes' }),
  RATE_LIMIT_STRANGERS: z.coerce.number().int().min(1).default(120).meta({ description: 'API requests a minute without a valid key, of one address' }),
  RATE_LIMIT_VISITOR: z.coerce.number().int().min(1).default(120).meta({ description: 'web chat requests a minute of one visitor' }),
  RATE_LIMIT_VISITORS: z.coerce.number().int().min(1).default(1_200).meta({ description: 'web chat requests a minute of one address, all its visitors together' }),
  RATE_LIMIT_TRANSLATIONS: z.coerce.number().int().min(1).default(120).meta({ description: 'translations a minute that one person or key may have a model asked for' }),
  UPLOAD_MEGABYTES_VISITOR: z.coerce.number().int().min(1).max(1_000_000).default(100).meta({ description: 'megabytes of files a day that one web chat visitor may upload' }),
  UPLOAD_MEGABYTES_TEAM: z.coerce.number().int().min(1).max(1_000_000).default(2_000).meta({ description: 'megabytes of files a day that all web chat visitors of a team may upload' }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').meta({ description: 'how much is logged' }),
  BATON_TEST: z.string().optional().meta({ description: 'set by tests only' }),
  BATON_FAILPOINT: z.string().optional().meta({ description: 'set by tests only: where to die' }),
};

const schema = z.object(settings).transform((env) => ({
  databaseUrl: env.DATABASE_URL,
  temporalAddress: env.TEMPORAL_ADDRESS,
  temporalNamespace: env.TEMPORAL_NAMESPACE,
  taskQueue: env.BATON_TASK_QUEUE,
  port: env.PORT,
  host: env.HOST,
  publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  dataFolder: env.BATON_DATA,
  secret: env.BATON_SECRET,
  smtpInPort: env.SMTP_IN_PORT,
  smtpInHost: env.SMTP_IN_HOST,
  smtpOutUrl: env.SMTP_OUT_URL,
  mailDomain: env.MAIL_DOMAIN,
  llm: { baseUrl: env.LLM_BASE_URL, apiKey: env.LLM_API_KEY, model: env.LLM_MODEL },
  llmModel: env.LLM_BASE_URL === undefined ? null : (env.LLM_MODEL ?? DEFAULT_MODEL),
  webhooks: { allowPrivate: env.WEBHOOK_ALLOW_PRIVATE === '1' },
  proxies: env.PROXY_HOPS,
  rateLimit: {
    perMinute: env.RATE_LIMIT,
    strangersPerMinute: env.RATE_LIMIT_STRANGERS,
    visitorPerMinute: env.RATE_LIMIT_VISITOR,
    visitorsPerMinute: env.RATE_LIMIT_VISITORS,
    translationsPerMinute: env.RATE_LIMIT_TRANSLATIONS,
    uploadMegabytesOfVisitor: env.UPLOAD_MEGABYTES_VISITOR,
    uploadMegabytesOfTeam: env.UPLOAD_MEGABYTES_TEAM,
  },
  logLevel: env.LOG_LEVEL,
  isTest: env.BATON_TEST !== undefined,
  failpoint: env.BATON_FAILPOINT,
}));

export type Env = z.infer<typeof schema>;
export type ParsedEnv = { readonly ok: true; readonly env: Env } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads the settings; an empty one counts as left out. Problems name the variable and what would be right. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): ParsedEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, env: parsed.data };
  return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(issue, given)) };
}

/** The settings for `--help`: name, default, meaning. */
export function describeEnv(): string {
  return Object.entries(settings)
    .map(([name, setting]) => {
      const fallback = setting instanceof z.ZodDefault ? ` [${String(setting.def.defaultValue)}]` : '';
      return `  ${name.padEnd(26)}${setting.meta()?.description ?? ''}${fallback}`;
    })
    .join('\n');
}

function problemOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = issue.path.join('.');
  return name in given ? `${name}: ${issue.message}` : `${name} must be set`;
}
