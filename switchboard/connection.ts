import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

export interface TemporalAddress {
  /** `host:port`; left out: the envconfig profile, or Temporal's own default. */
  readonly address?: string;
  readonly namespace?: string;
}

/**
 * The one Temporal client of a process. Connects lazily: a server that is away at start is a refusal of the first
 * command and not a crash, and its return needs no restart.
 */
export function connectTemporal({ address, namespace }: TemporalAddress): Client {
  const config = loadClientConnectConfig();
  const connection = Connection.lazy({ ...config.connectionOptions, ...(address === undefined ? {} : { address }) });
  return new Client({ connection, namespace: namespace ?? config.namespace ?? 'default' });
}
