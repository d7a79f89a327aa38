/** Why a mail was judged as it was, by the slug that the log keeps. */
const REASONS: Readonly<Record<string, string>> = {
  new_conversation: 'began a conversation',
  message_id: 'answers a mail of its conversation',
  plus_address: 'came to its conversation’s own address',
  subject_number: 'names the ticket in its subject',
  operator_wrote: 'written by somebody of the team',
  forwarded_by_operator: 'forwarded by somebody of the team',
  plus_address_not_ours: 'began a conversation, as the address after the + is not one of ours',
  subject_number_of_a_stranger: 'began a conversation, as the sender takes no part in the ticket that its subject names',
  same_message: 'the same mail had come before',
  sender_limit: 'too many mails from this sender within ten minutes',
  sender_not_in_conversation: 'the sender takes no part in that conversation',
  no_sender: 'names no sender to answer',
  own_address: 'came from an address of the team',
  own_message: 'is a mail that we sent',
  delivery_report: 'reports on a delivery',
  delivery_failed: 'reports that a mail could not be delivered',
  delivery_delayed: 'reports that a mail is delayed',
  delivery_delivered: 'reports that a mail was delivered',
  delivery_relayed: 'reports that a mail was passed on',
  delivery_expanded: 'reports that a mail went to a list',
  list_headers: 'came from a mailing list',
  precedence: 'says itself that it is bulk mail',
  auto_submitted: 'says itself that a program sent it',
  auto_reply_header: 'says itself that it is an automatic reply',
  report: 'a report by a mail server',
  null_return_path: 'takes no answer, as mail of programs does',
  mailer_daemon: 'came from a mail server',
  no_reply_sender: 'came from a no-reply address',
  out_of_office_subject: 'an out-of-office reply, by its subject',
};

/** A reason in words; one that is not known here, with blanks for its underscores. */
export function mailReasonWords(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('_', ' ');
}
