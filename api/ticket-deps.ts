import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import type { SettingsDeps } from './settings-deps.ts';

/** What the use cases of tickets and conversations need: the store, the switchboard to the workflows, the one clock. */
export interface TicketDeps extends SettingsDeps, SwitchboardDeps {
  /** The language model of the installation, which the worker asks; left out or null: none is configured. */
  readonly llmModel?: string | null;
}
