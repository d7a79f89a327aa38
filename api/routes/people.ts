import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { changeOperator as changeOperatorInput, createKey as createKeyInput, invite as inviteInput } from '#workflows/contract/settings.ts';
import { invitationView, keyView, newKeyView, operatorView, pageOf } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { createKey, keys, revokeKey } from '../keys/keys.ts';
import { invitations, invite } from '../people/invite.ts';
import { changeOperator, operators } from '../people/operators.ts';
import { wholeList } from './whole-list.ts';

export const peopleRoutes = [
  route({
    method: 'get', path: '/operators', name: 'listOperators', tag: 'People', who: 'reader',
    summary: 'The team’s people by name, disabled ones included',
    answer: pageOf(operatorView),
    run: async (deps, { principal }) => wholeList(await operators(deps, principal)),
  }),
  route({
    method: 'patch', path: '/operators/{operatorId}', name: 'changeOperator', tag: 'People', who: 'reader',
    summary: 'Change a member',
    description: 'Admins change everything; everybody their own name, signature and zone. Somebody whom the escalation of a policy names stops working tickets (`disabled`, or role `viewer`) only with `replaceBy`, which rewrites those policies as new versions in the same step; without it `in_use` says which they are.',
    params: z.strictObject({ operatorId: idOf('operator') }), body: changeOperatorInput, answer: operatorView,
    refusals: ['not_found', 'last_admin', 'in_use'],
    run: (deps, { principal, params, body }) => changeOperator(deps, principal, params.operatorId, body),
  }),
  route({
    method: 'get', path: '/invitations', name: 'listInvitations', tag: 'People', who: 'admin',
    summary: 'Open invitations, newest first',
    answer: pageOf(invitationView),
    run: async (deps, { principal }) => wholeList(await invitations(deps, principal)),
  }),
  route({
    method: 'post', path: '/invitations', name: 'invite', tag: 'People', who: 'admin', status: 201, hasSecret: true,
    summary: 'Invite a person for 7 days',
    description: 'The link is shown this once. A newer invitation of the same address ends the older.',
    body: inviteInput, answer: z.object({ invitation: invitationView, link: z.string() }),
    refusals: ['exists'],
    run: (deps, { principal, body }) => invite(deps, principal, body),
  }),
  route({
    method: 'get', path: '/keys', name: 'listKeys', tag: 'Keys', who: 'admin',
    summary: 'The team’s keys, newest first, without their secret',
    answer: pageOf(keyView),
    run: async (deps, { principal }) => wholeList(await keys(deps, principal)),
  }),
  route({
    method: 'post', path: '/keys', name: 'createKey', tag: 'Keys', who: 'admin', status: 201, hasSecret: true,
    summary: 'Make a key; it is shown this once',
    body: createKeyInput, answer: newKeyView,
    run: (deps, { principal, body }) => createKey(deps, principal, body),
  }),
  route({
    method: 'delete', path: '/keys/{keyId}', name: 'revokeKey', tag: 'Keys', who: 'admin',
    summary: 'End a key: within 3 s everywhere',
    params: z.strictObject({ keyId: idOf('key') }),
    refusals: ['not_found'],
    run: (deps, { principal, params }) => revokeKey(deps, principal, params.keyId),
  }),
];
