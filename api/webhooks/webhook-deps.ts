import { refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';

/** What the use cases of webhooks need. */
export type WebhookDeps = Pick<AppDeps, 'prisma' | 'now' | 'client' | 'taskQueue' | 'secretBox' | 'webhooks'>;

export const NO_SUCH_WEBHOOK = refuse('not_found', 'The team has no such webhook.');
