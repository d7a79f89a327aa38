import type { CsatTokens } from '#store/csat-tokens.ts';
import type { FileStore } from '#store/file-store.ts';
import type { SecretBox } from '#store/secrets.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import type { AgentLimits } from './agents/limits.ts';
import type { Mailer } from './email/mailer.ts';
import type { Llm } from './llm/llm.ts';
import type { PostSettings } from './webhooks/post-webhook.ts';

/** The outside world, as the worker's `main.ts` wires it. */
export interface ActivityDeps extends SwitchboardDeps {
  readonly mailer: Mailer;
  readonly files: FileStore;
  /** The domain of our Message-IDs. */
  readonly mailDomain: string;
  /** Signs the plus-addresses of conversations. */
  readonly plusAddressKey: Buffer;
  /** Signs the links by which a customer answers how it was. */
  readonly csatTokens: CsatTokens;
  /** Where people reach the pages, without a slash at its end. */
  readonly publicUrl: string;
  /** Null: no model is configured, and summaries are extracts that say so. */
  readonly llm: Llm | null;
  readonly secretBox: SecretBox;
  readonly webhooks: PostSettings;
  readonly agents: AgentLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
