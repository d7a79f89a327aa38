import { settingsProgress as settingsProgressView } from '#workflows/contract/settings-progress.ts';
import { putSla as putSlaInput, slaView, ticketClocks as ticketClocksView } from '#workflows/contract/sla-views.ts';
import { route } from '../http/route.ts';
import { settingsProgress } from '../policies/settings-progress.ts';
import { putSla } from '../sla/put-sla.ts';
import { ofTicket } from './ticket-params.ts';
import { sla } from '../sla/sla.ts';
import { ticketClocks } from '../sla/ticket-clocks.ts';

export const slaRoutes = [
  route({
    method: 'get', path: '/sla', name: 'getSla', tag: 'SLA', who: 'reader', hasVersion: true,
    summary: 'The SLA policies from top to bottom: the first that fits a ticket is its own',
    answer: slaView,
    run: (deps, { principal }) => sla(deps, principal),
  }),
  route({
    method: 'put', path: '/sla', name: 'putSla', tag: 'SLA', who: 'admin', hasVersion: true,
    summary: 'Replace the SLA policies; open tickets follow in the background',
    description: 'If-Match names the version that was read; `"0"` where none was set yet. Open clocks are computed anew from their original start and keep what was used and paused. `GET /settings/progress` tells how far they have come.',
    body: putSlaInput, answer: slaView,
    refusals: ['version_conflict'],
    run: (deps, { principal, body, ifVersion }) => putSla(deps, principal, body, ifVersion),
  }),
  route({
    method: 'get', path: '/settings/progress', name: 'getSettingsProgress', tag: 'Policies', who: 'reader',
    summary: 'How many open tickets follow the newest policies, SLA policies and hours',
    description: 'An edit is answered when it is stored; open tickets follow in the background, also after a crash. Those that are born meanwhile follow it from the start.',
    answer: settingsProgressView,
    run: (deps, { principal }) => settingsProgress(deps, principal),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}/clocks', name: 'getTicketClocks', tag: 'SLA', who: 'reader',
    summary: 'A ticket’s SLA clocks as of now, and which timer fires next',
    params: ofTicket, answer: ticketClocksView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => ticketClocks(deps, principal, params.ticketId),
  }),
];
