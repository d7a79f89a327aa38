import { AUTOMATION_REASONS } from '#activities/email/automated.ts';
import { mailReasonWords } from '#web/settings/mail-words.ts';
import { resendWords, triesWords } from '#web/settings/webhook-words.ts';

const NOW = Date.parse('2026-11-30T10:00:00Z');
const LATER = '2026-11-30T10:02:00.000Z';

describe('the mail log', () => {
  it('says why a mail was judged in words, not in the slugs of the code', () => {
    expect(mailReasonWords('new_conversation')).toBe('began a conversation');
    for (const reason of AUTOMATION_REASONS) expect(mailReasonWords(reason)).not.toBe(reason.replaceAll('_', ' '));
  });

  it('keeps a reason that it does not know readable', () => {
    expect(mailReasonWords('of_another_day')).toBe('of another day');
  });
});

describe('the log of a webhook', () => {
  it('says that a delivery waits for an earlier one that failed', () => {
    expect(triesWords({ state: 'pending', attempts: 0, nextTryAt: LATER }, NOW)).toBe('Waits for an earlier delivery about the same, which failed');
    expect(triesWords({ state: 'pending', attempts: 0, nextTryAt: null }, NOW)).toBe('Not tried yet');
    expect(triesWords({ state: 'pending', attempts: 3, nextTryAt: LATER }, NOW)).toBe('3 tries');
  });

  it('offers to send again only what was sent', () => {
    expect(resendWords({ state: 'pending', attempts: 0 })).toBeNull();
    expect(resendWords({ state: 'pending', attempts: 1 })).toBe('Try now');
    expect(resendWords({ state: 'failed', attempts: 1 })).toBe('Resend');
  });
});
