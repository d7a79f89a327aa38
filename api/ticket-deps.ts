import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { SettingsDeps } from './settings-deps.ts';

/** What the use cases of tickets and conversations need: the store, the switchboard to the workflows, the one clock. */
export interface TicketDeps extends SettingsDeps, SwitchboardDeps {
  /** The installation's language model, for teams that have none of their own; null: it has none. */
  readonly llmModel: string | null;
  readonly limits: Pick<RateLimits, 'ofTranslations'>;
}
