import type { FileStore } from '#prisma/store/file-store.ts';
import type { LocalMailbox } from '#prisma/store/local-mailbox.ts';
import type { SecretBox } from '#prisma/store/secrets.ts';
import type { AuthDeps } from './auth/auth-deps.ts';
import type { EventHub } from './events/event-hub.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { Logger } from './log.ts';
import type { TicketDeps } from './ticket-deps.ts';

/** Everything the HTTP side needs; `main.ts` and tests build it. */
export interface AppDeps extends AuthDeps, TicketDeps {
  readonly log: Logger;
  readonly limits: RateLimits;
  /** Connections for those who come by the hundred, and for what people wait for: see crowd.ts. */
  readonly crowd: AuthDeps['prisma'];
  readonly people: AuthDeps['prisma'];
  readonly events: EventHub;
  readonly secretBox: SecretBox;
  /** Raw mails and attachments. */
  readonly files: FileStore;
  readonly mail: MailSettings;
  /** Whether webhooks may name addresses inside a network. */
  readonly webhooks: { readonly allowPrivate: boolean };
  /** How often a stream shows that it lives, and asks whether its reader still may. */
  readonly heartbeatMs: number;
  /** The folder with `server` and `client` of the built pages; without it only the API is there. */
  readonly webBuild: string | null;
  /** The folder with the built `widget.js`; null: not built. */
  readonly widgetBuild: string | null;
  /** How many proxies in front of us may say who the client is. */
  readonly proxies: number;
  /** Tests: an answer that its schema does not describe is an error. */
  readonly provesAnswers: boolean;
}

export interface MailSettings {
  /** Where mail goes as long as no SMTP server is configured; null when one is. */
  readonly mailbox: LocalMailbox | null;
  /** Of Message-IDs and of addresses that Baton makes. */
  readonly domain: string;
  /** Our own SMTP listener: the demo's customer writes to it. */
  readonly listenerUrl: string;
}
