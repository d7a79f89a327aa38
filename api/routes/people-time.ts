import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { heartbeat as heartbeatInput, putShifts as putShiftsInput, putTimeOff as putTimeOffInput, setPresence as setPresenceInput } from '#workflows/contract/people-time.ts';
import { operatorRoutingView, presenceView, shiftsView, timeOffView } from '#workflows/contract/people-time-views.ts';
import { putOperatorRouting as putRoutingInput } from '#workflows/contract/routing.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { operatorRouting, putOperatorRouting, putShifts, putTimeOff, shifts, timeOff } from '../people/people-time.ts';
import { presence, presences, setPresence } from '../people/presence.ts';
import { heartbeat } from '../people/presence-lease.ts';
import { ME } from '../people/which-operator.ts';
import { wholeList } from './whole-list.ts';

const params = z.strictObject({
  operatorId: z.union([z.literal(ME), idOf('operator')], 'must be "me" or the id of an operator').meta({ description: '`me` is whoever is signed in; a key names the operator.', example: ME }),
});

export const peopleTimeRoutes = [
  route({
    method: 'get', path: '/operators/{operatorId}/shifts', name: 'getShifts', tag: 'People’s time', who: 'reader', hasVersion: true,
    summary: 'Somebody’s weekly shifts',
    params, answer: shiftsView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId } }) => shifts(deps, principal, operatorId),
  }),
  route({
    method: 'put', path: '/operators/{operatorId}/shifts', name: 'putShifts', tag: 'People’s time', who: 'admin', hasVersion: true,
    summary: 'Replace somebody’s weekly shifts',
    description: 'Only admins plan shifts. Outside of them somebody is effectively off; without any, their own status alone decides. Shifts in time off are stored, and it wins: `swallowed` says which.',
    params, body: putShiftsInput, answer: shiftsView, refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params: { operatorId }, body, ifVersion }) => putShifts(deps, principal, operatorId, body, ifVersion),
  }),
  route({
    method: 'get', path: '/operators/{operatorId}/time-off', name: 'getTimeOff', tag: 'People’s time', who: 'reader', hasVersion: true,
    summary: 'Somebody’s time off',
    description: 'Notes are shown to the person and to admins alone.',
    params, answer: timeOffView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId } }) => timeOff(deps, principal, operatorId),
  }),
  route({
    method: 'put', path: '/operators/{operatorId}/time-off', name: 'putTimeOff', tag: 'People’s time', who: 'reader', hasVersion: true,
    summary: 'Replace somebody’s time off',
    description: 'Everybody their own, admins everybody’s. Dates are inclusive, in the operator’s zone. It wins over shifts: `swallowed` says which it takes.',
    params, body: putTimeOffInput, answer: timeOffView, refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params: { operatorId }, body, ifVersion }) => putTimeOff(deps, principal, operatorId, body, ifVersion),
  }),
  route({
    method: 'get', path: '/operators/{operatorId}/routing', name: 'getOperatorRouting', tag: 'People’s time', who: 'reader', hasVersion: true,
    summary: 'Somebody’s cap, skills and languages',
    params, answer: operatorRoutingView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId } }) => operatorRouting(deps, principal, operatorId),
  }),
  route({
    method: 'put', path: '/operators/{operatorId}/routing', name: 'putOperatorRouting', tag: 'People’s time', who: 'admin', hasVersion: true,
    summary: 'Replace somebody’s cap, skills and languages',
    description: 'Only admins. A cap of null is none, 0 is nothing automatic.',
    params, body: putRoutingInput, answer: operatorRoutingView, refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params: { operatorId }, body, ifVersion }) => putOperatorRouting(deps, principal, operatorId, body, ifVersion),
  }),
  route({
    method: 'get', path: '/presence', name: 'listPresence', tag: 'People’s time', who: 'reader',
    summary: 'What everybody effectively is, and why',
    description: 'In this order: time off or outside a shift is `off`; online by hand, but not heard of for 45 s (neither a page that they see nor a program), or idle and not pinned, is `away`; else what the person set.',
    answer: pageOf(presenceView),
    run: async (deps, { principal }) => wholeList(await presences(deps, principal)),
  }),
  route({
    method: 'get', path: '/operators/{operatorId}/presence', name: 'getPresence', tag: 'People’s time', who: 'reader',
    summary: 'What somebody effectively is, and why',
    params, answer: presenceView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId } }) => presence(deps, principal, operatorId),
  }),
  route({
    method: 'put', path: '/operators/{operatorId}/presence', name: 'setPresence', tag: 'People’s time', who: 'reader',
    summary: 'Set the status by hand, or pin it',
    description: 'Everybody their own, admins everybody’s. What is left out stays. `stayOnline` pins against idleness alone (`assignment.idleMinutes` of the team’s policy).',
    params, body: setPresenceInput, answer: presenceView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId }, body }) => setPresence(deps, principal, operatorId, body),
  }),
  route({
    method: 'post', path: '/operators/{operatorId}/heartbeat', name: 'heartbeat', tag: 'People’s time', who: 'reader',
    summary: 'Keep somebody connected for 45 s without a browser',
    description: 'A signed-in person for themselves (`me`); an admin, or a key with the role admin, for anybody by id. An open page says so itself, every 15 s while its person sees it, and for five minutes after.',
    params, body: heartbeatInput, answer: presenceView, refusals: ['not_found'],
    run: (deps, { principal, params: { operatorId }, body }) => heartbeat(deps, principal, operatorId, body),
  }),
];
