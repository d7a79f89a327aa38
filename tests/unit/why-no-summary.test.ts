import { describe, expect, it } from '@jest/globals';
import { ActivityFailure, ApplicationFailure, TimeoutFailure, type TimeoutType } from '@temporalio/common';
import { MODEL_FAILED } from '#workflows/contract/activity-types.ts';
import { whyNoSummary } from '#workflows/why-no-summary.ts';

const failed = (cause: Error) => new ActivityFailure('Activity task failed', 'summariseTicket', '7', 'MAXIMUM_ATTEMPTS_REACHED', undefined, cause);
const late = (type: TimeoutType, cause?: Error) => Object.assign(new TimeoutFailure('activity timeout', undefined, type), cause && { cause });
const refused = ApplicationFailure.create({ message: 'The model’s endpoint answered 500.', type: MODEL_FAILED });

describe('whoever reads an extract', () => {
  it('learns what the model last did wrong, also where the minute was over before it was asked again (P49)', () => {
    expect(whyNoSummary(failed(refused))).toBe('The model’s endpoint answered 500.');
    expect(whyNoSummary(failed(late('SCHEDULE_TO_CLOSE', refused)))).toBe('The model’s endpoint answered 500.');
  });

  it('learns that nobody asked it in time, or that whoever asked it is gone', () => {
    expect(whyNoSummary(failed(late('SCHEDULE_TO_START')))).toBe('The language model could not be asked in time.');
    expect(whyNoSummary(failed(late('SCHEDULE_TO_CLOSE')))).toBe('The language model could not be asked in time.');
    expect(whyNoSummary(failed(late('HEARTBEAT')))).toBe('The worker that asked the language model did not come back.');
  });

  it('is not shown what a fault of ours says', () => {
    const secret = ApplicationFailure.create({ message: 'connect ECONNREFUSED 10.0.0.7:5432', type: 'PrismaClientKnownRequestError' });
    expect(whyNoSummary(failed(secret))).toBe('The summary could not be made: the worker’s log says why.');
    expect(whyNoSummary(new Error('no such thing'))).not.toContain('no such thing');
  });
});
