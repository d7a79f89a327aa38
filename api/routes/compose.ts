import { composeInput, composeStarted } from '#workflows/contract/compose.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { compose, stopCompose } from '../compose/compose.ts';
import { composeEvents } from '../compose/stream.ts';
import { route } from '../http/route.ts';
import { streamAnswer } from '../http/stream-answer.ts';
import { ofTicket } from './ticket-params.ts';

const tag = 'Language model';
const ofCompose = ofTicket.extend({ composeId: idOf('compose') });

export const composeRoutes = [
  route({
    method: 'post', path: '/tickets/{ticketId}/compose', name: 'compose', tag, who: 'writer', derivesFromKey: true, status: 201,
    summary: 'Have a model draft, polish, shorten, expand or translate what is being written',
    description: 'Answers at once; the text comes by the events of its id, to whoever began it. Nothing is sent to anybody. At most two at a time; one that nobody reads for some seconds ends.',
    params: ofTicket, body: composeInput, answer: composeStarted,
    refusals: ['not_found', 'no_model', 'busy'],
    run: (deps, { principal, params, body, key }) => compose(deps, principal, params.ticketId, body, key),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}/compose/{composeId}/events', name: 'getComposeEvents', tag, who: 'writer', isStream: true,
    summary: 'What a model writes, as it writes it',
    description: 'Server-sent events: `chunk` with `{ text }`, whose id resumes it by Last-Event-ID, then one `end` with `{ state, text, warnings, isCut, newerMessage, problem, detail, retryAfter }`. `warnings` name the numbers, names, codes, links and addresses that did not survive, or were not there before. At most ten streams at a time.',
    params: ofCompose, answer: streamAnswer,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => composeEvents(deps, principal, params.ticketId, params.composeId),
  }),
  route({
    method: 'delete', path: '/tickets/{ticketId}/compose/{composeId}', name: 'stopCompose', tag, who: 'writer',
    summary: 'Stop a model that writes; what has ended stays as it ended',
    params: ofCompose,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => stopCompose(deps, principal, params.ticketId, params.composeId),
  }),
];
