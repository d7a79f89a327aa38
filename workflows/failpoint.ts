import { proxySinks, type Sinks } from '@temporalio/workflow';

export interface FailpointSinks extends Sinks {
  failpoint: { hit(name: string): void };
}

const sinks = proxySinks<FailpointSinks>();

/** Names a place where a crash is interesting. A worker without failpoints has no such sink, and nothing happens. */
export function hit(name: string): void {
  sinks.failpoint.hit(name);
}
