import type { MailVerdict } from '#workflows/domain/mail-verdict.ts';

/** What must become of one raw mail of the corpus. */
export interface Expectation {
  readonly file: string;
  readonly verdict: MailVerdict;
  readonly reason: string;
  /** 'new', 'none' or a conversation of corpus-world.ts. */
  readonly thread: string;
  /** The text in sight, and what is folded below it (its beginning). */
  readonly text: string;
  readonly quoted?: string;
  readonly requester?: string | null;
  readonly author?: 'requester' | 'operator' | 'program';
  readonly subject?: string;
  readonly attachments?: readonly string[];
  readonly mayAutoReply?: boolean;
  readonly envelopeFrom?: string;
}

const CONVERSATION = { verdict: 'accepted', thread: 'cnv_ada', reason: 'message_id' } as const;
const NEW = { verdict: 'accepted', thread: 'new', reason: 'new_conversation' } as const;
const FORWARDED = '---------- Forwarded message ---------\n';

/** Mails are read in this order by one team, so that a later one can be the duplicate of an earlier one. */
export const CORPUS: readonly Expectation[] = [
  { file: '01-plain', ...NEW, text: 'Hello,\n\nmy order 4711 has not arrived.\n\nAda', mayAutoReply: true },
  { file: '02-duplicate', verdict: 'duplicate', reason: 'same_message', thread: 'none', text: 'Hello,\n\nmy order 4711 has not arrived.\n\nAda', requester: null },
  { file: '03-no-message-id', ...NEW, text: 'This program names no id.' },
  { file: '04-no-message-id-again', verdict: 'duplicate', reason: 'same_message', thread: 'none', text: 'This program names no id.', requester: null },
  { file: '05-multipart-alternative', ...NEW, text: 'The café is closed today.' },
  { file: '06-html-only', ...NEW, text: 'Broken lamp\n\nThe lamp & its page [https://shop.example/lamp] are broken.\n\n * one\n * two' },
  { file: '07-html-only-in-multipart', ...NEW, text: 'Just HTML\non two lines', attachments: ['invoice.pdf'] },
  { file: '08-empty-plain-with-html', ...NEW, text: 'The plain part is empty.' },
  { file: '09-iso-2022-jp', ...NEW, subject: '注文について', requester: 'taro@example.jp', text: '注文した商品がまだ届きません。\n確認をお願いします。' },
  { file: '10-windows-1252', ...NEW, subject: 'Größe €5', text: 'Die Größe stimmt nicht – das kostet 5 €, “wirklich”.' },
  { file: '11-koi8-r', ...NEW, subject: 'Заказ', requester: 'ivan@example.ru', text: 'Где мой заказ?' },
  { file: '12-gb18030', ...NEW, subject: '退款', requester: 'ming@example.cn', text: '请退款。' },
  { file: '13-unknown-charset', ...NEW, text: 'Still readable.' },
  { file: '14-raw-utf8-headers', ...NEW, subject: 'Größe falsch', requester: 'zoe@example.com', text: 'Schöne Grüße' },
  { file: '15-broken-boundary', ...NEW, text: 'The end of this mail was cut off.', attachments: ['cut.bin'] },
  { file: '16-boundary-missing', ...NEW, text: 'No boundary was ever named.', attachments: ['message.eml'] },
  { file: '17-bad-base64', ...NEW, text: 'Hello world' },
  { file: '18-no-mime-headers-lf-only', ...NEW, text: 'Only line feeds here.\nSecond line.' },
  { file: '19-headers-only', ...NEW, subject: 'Nothing in it', text: '' },
  { file: '20-no-from', ...NEW, text: 'Who am I?', envelopeFrom: 'ada@example.com' },
  { file: '21-no-from-no-envelope', verdict: 'rejected', reason: 'no_sender', thread: 'none', text: 'Who am I?', requester: null },
  { file: '22-bad-date', ...NEW, text: 'When was this?' },
  { file: '23-huge-header', ...CONVERSATION, text: 'The answer is below a very long header.' },
  { file: '24-nul-bytes', ...NEW, subject: 'Nul l', text: 'beforeafter' },
  { file: '25-many-parts-and-names', ...NEW, text: 'See the files.', attachments: ['passwd.png', '€ rates.csv', 'invoicefdp.exe', 'attachment-4.ics'] },
  { file: '26-nested-message', ...NEW, reason: 'forwarded_by_operator', requester: 'carla@example.org', text: `Please take this one.\n\n${FORWARDED}From: Carla Customer <carla@example.org>\nDate: 2026-03-01T10:00:00.000Z\nSubject: Broken zip\n\nThe zip of my bag is broken.`, attachments: ['attachment-1.eml'] },
  { file: '27-nested-message-from-customer', ...NEW, text: `I got this mail:\n\n${FORWARDED}From: Phisher <evil@example.net>\nSubject: Pay now\n\nPay.`, attachments: ['attachment-1.eml'] },
  { file: '28-reply-in-reply-to', ...CONVERSATION, text: 'Thank you, it came today.\n\n', quoted: 'On Mon, 2 Mar 2026' },
  { file: '29-reply-references-only', ...CONVERSATION, text: 'One more thing.' },
  { file: '30-reply-broken-reference-folding', ...CONVERSATION, text: 'Folded in the middle of the id.' },
  { file: '31-reply-from-added-colleague', ...CONVERSATION, requester: 'bert@example.com', text: 'I am the colleague in Cc.' },
  { file: '32-plus-address-good', ...CONVERSATION, reason: 'plus_address', text: 'My program drops all headers.' },
  { file: '33-plus-address-upper-case', ...CONVERSATION, reason: 'plus_address', text: 'My server shouts.' },
  { file: '34-plus-address-forged', ...NEW, reason: 'plus_address_not_ours', requester: 'mallory@example.net', text: 'Give me the money.' },
  { file: '35-plus-address-beats-references', ...CONVERSATION, reason: 'plus_address', thread: 'cnv_kenji', requester: 'kenji@example.jp', text: 'Two hints, one signed.' },
  { file: '36-ordinary-plus-address', ...NEW, text: 'I use tags.' },
  { file: '37-forged-references', verdict: 'quarantined', reason: 'sender_not_in_conversation', thread: 'cnv_ada', requester: 'mallory@example.net', text: 'Please send the refund to my account instead.' },
  { file: '38-signed-address-from-stranger', verdict: 'quarantined', reason: 'sender_not_in_conversation', thread: 'cnv_ada', requester: 'mallory@example.net', text: 'Ada gave me this address.' },
  { file: '39-subject-number-known', ...CONVERSATION, reason: 'subject_number', text: 'Written anew, the number kept.' },
  { file: '40-subject-number-stranger', ...NEW, reason: 'subject_number_of_a_stranger', requester: 'mallory@example.net', text: 'I guessed a number.' },
  { file: '41-subject-number-unknown', ...NEW, text: 'That ticket does not exist.' },
  { file: '42-references-two-conversations', ...CONVERSATION, thread: 'cnv_kenji', requester: 'kenji@example.jp', text: 'Only one of these is mine.' },
  { file: '43-forwarded-by-operator-gmail', ...NEW, reason: 'forwarded_by_operator', requester: 'carla@example.org', text: `Can somebody take this?\n\n${FORWARDED}From: Carla Customer <carla@example.org>\nDate: Sun, 1 Mar 2026 at 10:00\nSubject: Broken zip\nTo: Olga Operator <olga@staff.example>\n\nThe zip of my bag is broken.` },
  { file: '44-forwarded-by-operator-outlook-german', ...NEW, reason: 'forwarded_by_operator', requester: 'carla@example.org', text: 'Bitte übernehmen.\n\nVon: Carla Kundin <carla@example.org>\nGesendet: Sonntag, 1. März 2026 10:00\nAn: Olga Operator <olga@staff.example>\nBetreff: Reißverschluss\n\nDer Reißverschluss ist kaputt.' },
  { file: '45-forward-by-stranger', ...NEW, requester: 'eve@example.net', text: `${FORWARDED}From: Ada Lovelace <ada@example.com>\nSubject: please read\n\nNot from Ada.` },
  { file: '46-operator-writes-into-thread', ...CONVERSATION, reason: 'operator_wrote', requester: 'olga@staff.example', author: 'operator', text: 'I will call her tomorrow.' },
  { file: '47-operator-opens-ticket', ...NEW, requester: 'olga@staff.example', text: 'My keyboard is broken.' },
  { file: '48-bounce-rfc3464', verdict: 'bounce', reason: 'delivery_failed', thread: 'cnv_ada', requester: null, author: 'program', text: "I'm sorry to have to inform you that your message could not be delivered.", attachments: ['attachment-1.txt', 'attachment-2.eml'], mayAutoReply: false },
  { file: '49-bounce-headers-only', verdict: 'bounce', reason: 'delivery_delayed', thread: 'cnv_kenji', requester: null, author: 'program', text: 'Still trying.', attachments: ['attachment-1.txt', 'attachment-2.txt'], mayAutoReply: false },
  { file: '50-bounce-old-style', verdict: 'bounce', reason: 'delivery_failed', thread: 'cnv_ada', requester: null, author: 'program', text: 'This message was created automatically by mail delivery software.\n\n  ada@example.com\n    SMTP error from remote mail server after RCPT TO:<ada@example.com>:\n    550 5.2.1 mailbox disabled\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <msg_ada1@baton.example>\nFrom: support@shop.example', mayAutoReply: false },
  { file: '51-bounce-of-nothing-we-know', verdict: 'bounce', reason: 'delivery_failed', thread: 'none', requester: null, author: 'program', text: '', attachments: ['attachment-1.txt'], mayAutoReply: false },
  { file: '52-out-of-office-in-thread', verdict: 'automated', reason: 'auto_submitted', thread: 'cnv_ada', author: 'program', text: 'I am away until Friday.', mayAutoReply: false },
  { file: '53-out-of-office-without-headers', verdict: 'automated', reason: 'out_of_office_subject', thread: 'none', requester: 'nora@example.com', author: 'program', text: 'Ich bin im Urlaub.', mayAutoReply: false },
  { file: '54-notification-opens-ticket', verdict: 'automated', reason: 'auto_submitted', thread: 'new', requester: 'alerts@monitor.example', author: 'program', text: 'HTTP 500 since 10:00.', mayAutoReply: false },
  { file: '55-newsletter', verdict: 'automated', reason: 'precedence', thread: 'new', requester: 'news@list.example', author: 'program', text: 'Buy!', mayAutoReply: false },
  { file: '56-mailing-list-new', verdict: 'automated', reason: 'list_headers', thread: 'new', requester: 'pat@example.org', author: 'program', text: 'A question to the list.', mayAutoReply: false },
  { file: '57-person-replies-through-list', ...CONVERSATION, text: 'I answer through your group.', mayAutoReply: false },
  { file: '58-no-reply-sender', verdict: 'automated', reason: 'no_reply_sender', thread: 'new', requester: 'no-reply@bank.example', author: 'program', text: 'Your statement is ready.', mayAutoReply: false },
  { file: '59-web-form-as-ourselves', ...NEW, requester: 'dora@example.org', text: 'Please call me.', mayAutoReply: false },
  { file: '60-own-address-loop', verdict: 'rejected', reason: 'own_address', thread: 'none', requester: null, text: 'We write to ourselves.', mayAutoReply: false },
  { file: '61-own-message-comes-back', verdict: 'rejected', reason: 'own_message', thread: 'none', requester: null, text: 'Hello Ada', mayAutoReply: false },
  { file: '62-read-receipt', verdict: 'automated', reason: 'report', thread: 'cnv_ada', author: 'program', text: 'Your message was read.', attachments: ['attachment-1'], mayAutoReply: false },
  { file: '63-auto-submitted-no', ...NEW, text: 'I am a person.', mayAutoReply: true },
  { file: '64-null-return-path', verdict: 'automated', reason: 'null_return_path', thread: 'new', requester: 'system@example.org', author: 'program', text: 'Done.', mayAutoReply: false },
  { file: '65-response-suppress', ...NEW, requester: 'ex@example.org', text: 'A person behind Exchange.', mayAutoReply: false },
  { file: '66-quote-german', ...CONVERSATION, text: 'Danke!\n\n', quoted: 'Am 02.03.2026' },
  { file: '67-quote-outlook', ...CONVERSATION, text: 'Thanks.\n\n', quoted: '________________________________\nFrom: Shop Support' },
  { file: '68-quote-original-message', ...CONVERSATION, text: 'Ok.\n\n', quoted: '-----Original Message-----' },
  { file: '69-quote-french', ...CONVERSATION, text: 'Merci.\n\n', quoted: 'Le lun. 2 mars 2026' },
  { file: '70-quote-spanish-wrapped', ...CONVERSATION, text: 'Gracias.\n\n', quoted: 'El lun, 2 mar 2026' },
  { file: '71-quote-japanese', ...CONVERSATION, text: '届きました。\n\n', quoted: '2026年3月2日' },
  { file: '72-quote-inline-answers', ...CONVERSATION, text: 'On Mon, 2 Mar 2026 at 10:00, Shop wrote:\n> Which colour?\nBlue.\n> Which size?\nLarge.' },
  { file: '73-quote-only', ...CONVERSATION, text: '> Hello Ada,\n> it should come tomorrow.' },
  { file: '74-html-reply-with-blockquote', ...CONVERSATION, text: 'It came.\n\n', quoted: 'On Mon, 2 Mar 2026' },
  { file: '75-format-flowed', ...NEW, text: 'This is one long line that was wrapped.\n\n-- \nAda' },
  { file: '76-address-group-and-comma-name', ...NEW, text: 'Groups exist.' },
  { file: '77-header-injection-in-encoded-words', ...NEW, subject: 'Hi X-Evil: 1', requester: 'eve@example.net', text: 'Nice names.' },
  { file: '78-binary-garbage', verdict: 'rejected', reason: 'no_sender', thread: 'none', requester: null, text: '' },
  { file: '79-empty', verdict: 'rejected', reason: 'no_sender', thread: 'none', requester: null, text: '' },
];
