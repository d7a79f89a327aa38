import type { MessageToSend } from '#activities/email/compose-mail.ts';
import type { SendResult } from '#activities/email/mailer.ts';

/** An answer of Olga to Ada, as far as the test does not say otherwise. */
export function aMessage(more: Partial<MessageToSend> = {}): MessageToSend {
  return {
    id: 'msg_1',
    mailDomain: 'baton.example',
    from: { name: 'Olga Operator', address: 'support@shop.example' },
    to: [{ name: 'Ada Lovelace', address: 'ada@example.com' }],
    cc: [],
    replyTo: 'support+c1.abcdefghijkl@shop.example',
    subject: 'Where is my order?',
    ticketNumber: 12,
    inReplyTo: '<a1@example.com>',
    references: ['<a1@example.com>'],
    text: 'Hello Ada',
    operatorSignature: null,
    teamSignature: null,
    attachments: [],
    automatic: null,
    writtenAt: '2026-03-02T09:15:00.000Z',
    ...more,
  };
}

/** What the server said, or what went wrong on our side. */
export function responseOf(result: SendResult): string {
  return 'response' in result ? result.response : '';
}
