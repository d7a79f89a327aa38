import { z } from 'zod';
import { DEFAULT_MODEL } from '#workflows/contract/model.ts';

/** Everything the worker reads from its environment; main.ts parses it once. */
export const workerEnv = z.object({
  DATABASE_URL: z.string().min(1).describe('PostgreSQL, like postgres://user:password@host:5432/baton'),
  TEMPORAL_ADDRESS: z.string().optional().describe('host:port of the Temporal frontend; left out: the envconfig profile'),
  TEMPORAL_NAMESPACE: z.string().optional().describe('Temporal namespace; left out: the envconfig profile, else default'),
  BATON_TASK_QUEUE: z.string().default('baton').describe('Task queue shared by api and worker'),
  BATON_DATA: z.string().default('.baton').describe('Data folder: attachments, raw mails, the local mailbox, the secret'),
  BATON_SECRET: z.string().optional().describe('The secret of the installation, 32 characters or more; left out: a 0600 file in the data folder'),
  SMTP_OUT_URL: z.string().optional().describe('SMTP server for outgoing mail, like smtps://user:password@host; left out: the local mailbox'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:4000').describe('Where people reach the pages, the same as the api’s: links in mails lead there'),
  MAIL_DOMAIN: z.string().default('baton.localhost').describe('Domain of our Message-IDs'),
  WEBHOOK_ALLOW_PRIVATE: z.enum(['0', '1']).default('0').describe('1: webhooks and models of teams may be at private and loopback addresses, in a network of your own'),
  LLM_BASE_URL: z.string().optional().describe('OpenAI-compatible endpoint; left out: summaries are extracts, and nothing is translated'),
  LLM_API_KEY: z.string().default('none').describe('Its key'),
  LLM_MODEL: z.string().default(DEFAULT_MODEL).describe('Its model'),
  BATON_WORKFLOW_BUNDLE: z.string().optional().describe('The workflows, bundled ahead of time into this file; left out: bundled at start, which costs seconds and memory'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info').describe('How much is logged'),
  BATON_TEST: z.string().optional().describe('1 in tests only: allows failpoints'),
  BATON_FAILPOINT: z.string().optional().describe('Tests only: NAME or NAME:N, kills the process at the Nth hit of that failpoint'),
  BATON_SMTP_TRY_MS: z.coerce.number().int().min(100).default(50_000).describe('How long one try to send a mail may last, in milliseconds'),
});
export type WorkerEnv = z.infer<typeof workerEnv>;
