import { changeTicket as changeTicketInput, createTicket as createTicketInput } from '#workflows/contract/commands.ts';
import { ticketAssignment as ticketAssignmentView } from '#workflows/contract/assignment-view.ts';
import { listTickets, timelineQuery } from '#workflows/contract/queries.ts';
import { translatedFirstMessage, translateFirstMessage as translateFirstMessageInput } from '#workflows/contract/translation.ts';
import { entryView, pageOf, ticketRow, ticketView } from '#workflows/contract/views.ts';
import { ticketAssignment } from '../assignment/ticket-assignment.ts';
import { route } from '../http/route.ts';
import { ticket } from '../queries/ticket.ts';
import { tickets } from '../queries/tickets.ts';
import { timeline } from '../queries/timeline.ts';
import { changeTicket } from '../tickets/change-ticket.ts';
import { createTicket } from '../tickets/create-ticket.ts';
import { translateFirstMessage } from '../translation/first-message.ts';
import { ofTicket } from './ticket-params.ts';

const tag = 'Tickets';

export const ticketRoutes = [
  route({
    method: 'get', path: '/tickets', name: 'listTickets', tag, who: 'reader',
    summary: 'Tickets by view, filter, text and order, a page at a time',
    description: 'Several values of one filter are separated by commas and any of them matches; different filters all match.',
    query: listTickets, answer: pageOf(ticketRow),
    run: (deps, { principal, query }) => tickets(deps, principal, query),
  }),
  route({
    method: 'post', path: '/tickets', name: 'createTicket', tag, who: 'writer', derivesFromKey: true, status: 201,
    summary: 'Make a ticket, from what a customer wrote or with a first message to them',
    description: 'With `translateTo` a first message is translated before it is sent, its subject too, and where that fails nothing is sent. The ticket keeps the subject that the team wrote.',
    body: createTicketInput, answer: ticketView,
    refusals: ['no_address', 'no_model', 'translation_off', 'translation_failed', 'busy'],
    run: (deps, { principal, body, key }) => createTicket(deps, principal, body, key),
  }),
  route({
    method: 'post', path: '/tickets/translate', name: 'translateFirstMessage', tag, who: 'writer',
    summary: 'What a first message would say in another language; nothing is sent',
    body: translateFirstMessageInput, answer: translatedFirstMessage,
    refusals: ['no_model', 'translation_off', 'translation_failed'],
    run: (deps, { principal, body }) => translateFirstMessage(deps, principal, body),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}', name: 'getTicket', tag, who: 'reader',
    summary: 'One ticket: where it stands, who has it, what the AI does, what happens next by itself',
    params: ofTicket, answer: ticketView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => ticket(deps, principal, params.ticketId),
  }),
  route({
    method: 'patch', path: '/tickets/{ticketId}', name: 'changeTicket', tag, who: 'writer', derivesFromKey: true,
    summary: 'Change subject, priority, tags, or which skills, group and language it asks for',
    params: ofTicket, body: changeTicketInput, answer: ticketView,
    refusals: ['not_found', 'busy'],
    run: (deps, { principal, params, body, key }) => changeTicket(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}/assignment', name: 'getTicketAssignment', tag, who: 'reader',
    summary: 'Why assigned to whom, or why nobody has it',
    description: 'Of an automatic assignment: what was recorded when it was decided. Of a ticket in the queue: what would be decided now; asking changes nothing.',
    params: ofTicket, answer: ticketAssignmentView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => ticketAssignment(deps, principal, params.ticketId),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}/timeline', name: 'getTimeline', tag, who: 'reader',
    summary: 'Messages, notes and events in order, the newest page first',
    description: '`next` is the `before` of the page of older entries.',
    params: ofTicket, query: timelineQuery, answer: pageOf(entryView),
    refusals: ['not_found'],
    run: (deps, { principal, params, query }) => timeline(deps, principal, params.ticketId, query),
  }),
];
