import {
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type FieldError, REFUSAL_CODES, refuse, type Refusal, type RefusalCode } from '#workflows/domain/errors.ts';

// gRPC status codes, as grpc/grpc#status names them.
const CANCELLED = 1;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const FAILED_PRECONDITION = 9;
const UNAVAILABLE = 14;

/** The ticket's workflow has ended, or never was: the caller starts it from its stored state. */
export function isGone(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  // A birth that was carried out and is over: the ticket is started from its stored state.
  if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
  // A run that ends while the Update is on its way refuses it in the server's words.
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type === 'AcceptedUpdateCompletedWorkflow';
}

/** The command was certainly not carried out and never will be: what was stored for it can go. */
export function isDefinite({ code }: Refusal): boolean {
  return code !== 'outcome_unknown' && code !== 'busy' && code !== 'unavailable';
}

/** What a failed Update or start means to its caller; what is no expected failure is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    if (cause instanceof ApplicationFailure && isRefusalCode(cause.type)) return rebuilt(cause, cause.type);
    if (cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow') return outcomeUnknown();
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return outcomeUnknown();
  const status = grpcStatusOf(error);
  if (status === DEADLINE_EXCEEDED || status === CANCELLED) return outcomeUnknown();
  if (status === UNAVAILABLE) return refuse('outcome_unknown', 'The workflow server is away. Try again with the same Idempotency-Key.', { retryAfter: 5 });
  // The ticket's worker was killed or is drowning: the server says so at once instead of letting us wait.
  if (status === FAILED_PRECONDITION) return outcomeUnknown();
  if (status === RESOURCE_EXHAUSTED) return refuse('busy', 'This ticket is handling too much at once. Try again.', { retryAfter: 1 });
  throw error;
}

function outcomeUnknown(): Refusal {
  return refuse('outcome_unknown', 'The answer did not come in time; it may still be carried out. Try again with the same Idempotency-Key.', {
    retryAfter: 2,
  });
}

function grpcStatusOf(error: unknown): number | null {
  if (isGrpcServiceError(error)) return error.code;
  if (error instanceof Error && error.cause !== undefined) return grpcStatusOf(error.cause);
  return null;
}

function isRefusalCode(type: string | null | undefined): type is RefusalCode {
  return REFUSAL_CODES.some((code) => code === type);
}

/** The refusal as the workflow made it; its details travelled as JSON. */
function rebuilt(failure: ApplicationFailure, code: RefusalCode): Refusal {
  const detail: unknown = failure.details?.[0];
  const more: { legal?: readonly string[]; holder?: { id: string }; retryAfter?: number; errors?: readonly FieldError[] } = {};
  if (isRecord(detail)) {
    if (isTexts(detail['legal'])) more.legal = detail['legal'];
    if (isRecord(detail['holder']) && typeof detail['holder']['id'] === 'string') more.holder = { id: detail['holder']['id'] };
    if (typeof detail['retryAfter'] === 'number') more.retryAfter = detail['retryAfter'];
    if (isFieldErrors(detail['errors'])) more.errors = detail['errors'];
  }
  return refuse(code, failure.message, more);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isFieldErrors(value: unknown): value is readonly FieldError[] {
  return Array.isArray(value) && value.every((one) => isRecord(one) && typeof one['path'] === 'string' && typeof one['message'] === 'string');
}
