import type { LocalMailbox } from '#store/local-mailbox.ts';
import type { Mailer } from './mailer.ts';

/** Where no SMTP server is configured: mails go to a local mailbox that a page shows, labelled as such. */
export function createLocalMailer(mailbox: LocalMailbox, now: () => string): Mailer {
  return {
    kind: 'local',
    async send(mail, options = {}) {
      if (options.beforeData !== undefined && !(await options.beforeData())) return { kind: 'withheld' };
      const content = await mail.open();
      await mailbox.put({ messageId: mail.messageId, ...mail.envelope, sentAt: now(), content });
      return { kind: 'sent', response: 'kept in the local mailbox: no mail server is configured', refused: [] };
    },
  };
}
