import { z } from 'zod';
import { assign as assignInput, claim as claimInput, note as noteInput, rate as rateInput, reply as replyInput, setStatus as setStatusInput, snooze as snoozeInput, unsnooze as unsnoozeInput } from '#workflows/contract/commands.ts';
import { translatedText, translateText as translateTextInput } from '#workflows/contract/translation.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { csatView, messageView, ticketView } from '#workflows/contract/views.ts';
import { rateTicket } from '../csat/rate-ticket.ts';
import { route } from '../http/route.ts';
import { assign, claim } from '../tickets/assign.ts';
import { note } from '../tickets/note.ts';
import { reply } from '../tickets/reply.ts';
import { retryDelivery } from '../tickets/retry-delivery.ts';
import { setStatus } from '../tickets/set-status.ts';
import { refreshSummary } from '../tickets/refresh-summary.ts';
import { snooze, unsnooze } from '../tickets/snooze.ts';
import { withdrawReply } from '../tickets/withdraw-reply.ts';
import { translateText } from '../translation/translate-text.ts';
import { ofTicket } from './ticket-params.ts';

const tag = 'Tickets';
const nothing = z.strictObject({});
const ofMessage = ofTicket.extend({ messageId: idOf('message') });

export const ticketWorkRoutes = [
  route({
    method: 'post', path: '/tickets/{ticketId}/reply', name: 'reply', tag, who: 'writer', derivesFromKey: true, status: 201, commitsFirst: true,
    summary: 'Write to the customer',
    description: 'With `holdMs` it can be withdrawn until then. `attachments` are files that you uploaded before. Where the AI holds the channel it needs `takeOver`, or `channel: "email"`: a mail to the requester, which leaves the AI its channel. With `translateTo` it is translated first, and where that fails nothing is sent.',
    params: ofTicket, body: replyInput, answer: z.object({ ticket: ticketView, message: messageView }),
    refusals: ['not_found', 'takeover_required', 'newer_message', 'ticket_finished', 'illegal_move', 'already_taken', 'no_address', 'too_late', 'no_model', 'translation_off', 'translation_failed', 'busy'],
    run: (deps, { principal, params, body, key }) => reply(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/translate', name: 'translateText', tag, who: 'writer',
    summary: 'What a reply would say in another language; nothing is sent',
    params: ofTicket, body: translateTextInput, answer: translatedText,
    refusals: ['not_found', 'no_model', 'translation_off', 'translation_failed'],
    run: (deps, { principal, params, body }) => translateText(deps, principal, params.ticketId, body),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/messages/{messageId}/withdraw', name: 'withdrawReply', tag, who: 'writer', derivesFromKey: true,
    summary: 'Undo a reply that is still held',
    description: 'Its files are loose again, for another day: whoever uploaded them can attach them to another.',
    params: ofMessage, body: nothing, answer: ticketView,
    refusals: ['not_found', 'too_late', 'busy'],
    run: (deps, { principal, params, key }) => withdrawReply(deps, principal, params.ticketId, params.messageId, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/messages/{messageId}/retry', name: 'retryDelivery', tag, who: 'writer', derivesFromKey: true,
    summary: 'Send a failed mail again',
    params: ofMessage, body: nothing, answer: ticketView,
    refusals: ['not_found', 'too_late', 'busy'],
    run: (deps, { principal, params, key }) => retryDelivery(deps, principal, params.ticketId, params.messageId, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/notes', name: 'note', tag, who: 'writer', derivesFromKey: true, status: 201,
    summary: 'Leave a note for the team; it is never sent, nor are its files',
    params: ofTicket, body: noteInput, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, body, key }) => note(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/status', name: 'setStatus', tag, who: 'writer', derivesFromKey: true,
    summary: 'Set the status along a legal move',
    description: 'Finishing hands the conversation back to the AI. `legal` lists what would be possible.',
    params: ofTicket, body: setStatusInput, answer: ticketView,
    refusals: ['not_found', 'illegal_move', 'has_open_ticket', 'busy'],
    run: (deps, { principal, params, body, key }) => setStatus(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/csat', name: 'rateTicket', tag, who: 'agent_or_writer', derivesFromKey: true,
    summary: 'Pass on what the customer says of how it was resolved',
    description: 'For customers who answer in an app of yours. A later answer replaces the one before, also after the ticket is closed; the same one again changes nothing.',
    params: ofTicket, body: rateInput, answer: csatView,
    refusals: ['not_found', 'not_resolved', 'busy'],
    run: (deps, { principal, params, body, key }) => rateTicket(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/assign', name: 'assign', tag, who: 'writer', derivesFromKey: true,
    summary: 'Assign to an operator, or to nobody',
    params: ofTicket, body: assignInput, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, body, key }) => assign(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/claim', name: 'claim', tag, who: 'writer', derivesFromKey: true,
    summary: 'Take the ticket oneself; a person only',
    params: ofTicket, body: claimInput, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, key }) => claim(deps, principal, params.ticketId, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/snooze', name: 'snooze', tag, who: 'writer', derivesFromKey: true,
    summary: 'Put it away until an instant, or until the requester writes',
    params: ofTicket, body: snoozeInput, answer: ticketView,
    refusals: ['not_found', 'ticket_finished', 'busy'],
    run: (deps, { principal, params, body, key }) => snooze(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/unsnooze', name: 'unsnooze', tag, who: 'writer', derivesFromKey: true,
    summary: 'Bring a snoozed ticket back',
    params: ofTicket, body: unsnoozeInput, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, key }) => unsnooze(deps, principal, params.ticketId, key),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/summary', name: 'refreshSummary', tag, who: 'writer', derivesFromKey: true,
    summary: 'Have a new summary made',
    description: 'Answers at once, with `isSummaryOwed`; the summary follows, or an extract that says why no model wrote it. Asking while one is being made changes nothing.',
    params: ofTicket, body: nothing, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, key }) => refreshSummary(deps, principal, params.ticketId, key),
  }),
];
