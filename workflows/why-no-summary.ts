import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { MODEL_FAILED } from './contract/activity-types.ts';

/** Why no model summarised, in words for whoever reads the extract in its place; a fault of ours is named as one, and told to the log alone. */
export function whyNoSummary(error: unknown): string {
  const causes = causesOf(error);
  const said = causes.find((cause) => cause instanceof ApplicationFailure && cause.type === MODEL_FAILED);
  if (said !== undefined) return said.message;
  const late = causes.find((cause) => cause instanceof TimeoutFailure);
  if (late === undefined) return 'The summary could not be made: the worker’s log says why.';
  // Also whoever waits behind others for a minute: the model itself may be well.
  return late.timeoutType === 'HEARTBEAT' || late.timeoutType === 'START_TO_CLOSE' ? 'The worker that asked the language model did not come back.' : 'The language model could not be asked in time.';
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
