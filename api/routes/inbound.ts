import { z } from 'zod';
import { resolveQuarantine as resolveInput } from '#workflows/contract/commands.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { listInbound } from '#workflows/contract/queries.ts';
import { inboundMailView } from '#workflows/contract/inbound-mail-view.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { resolveQuarantine } from '../inbound/resolve-quarantine.ts';
import { inboundMails } from '../queries/inbound-mails.ts';

export const inboundRoutes = [
  route({
    method: 'get', path: '/inbound-mails', name: 'listInboundMails', tag: 'Inbound mail', who: 'reader',
    summary: 'Every mail received, its verdict and why; `verdict=quarantined` is the quarantine',
    query: listInbound, answer: pageOf(inboundMailView),
    run: (deps, { principal, query }) => inboundMails(deps, principal, query),
  }),
  route({
    method: 'post', path: '/inbound-mails/{mailId}/resolve', name: 'resolveInboundMail', tag: 'Inbound mail', who: 'writer', derivesFromKey: true,
    summary: 'Decide about a mail that was held back: release, new ticket, discard',
    params: z.strictObject({ mailId: idOf('mail') }), body: resolveInput, answer: inboundMailView,
    refusals: ['not_found', 'illegal_move', 'in_progress', 'busy'],
    run: (deps, { principal, params, body, key }) => resolveQuarantine(deps, principal, params.mailId, body.action, key),
  }),
];
