import { z } from 'zod';
import { groupView } from '#workflows/contract/people-time-views.ts';
import { changeGroup as changeGroupInput, createGroup as createGroupInput } from '#workflows/contract/routing.ts';
import { slug } from '#workflows/contract/text.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { changeGroup, createGroup, deleteGroup, groups } from '../people/groups.ts';
import { wholeList } from './whole-list.ts';

const params = z.strictObject({ key: slug });

export const groupRoutes = [
  route({
    method: 'get', path: '/groups', name: 'listGroups', tag: 'Groups', who: 'reader',
    summary: 'The team’s groups of people, by name',
    answer: pageOf(groupView),
    run: async (deps, { principal }) => wholeList(await groups(deps, principal)),
  }),
  route({
    method: 'post', path: '/groups', name: 'createGroup', tag: 'Groups', who: 'admin', status: 201,
    summary: 'Make a group',
    description: 'Its key is what handover cases name; it stays as it is.',
    body: createGroupInput, answer: groupView, refusals: ['exists'],
    run: (deps, { principal, body }) => createGroup(deps, principal, body),
  }),
  route({
    method: 'patch', path: '/groups/{key}', name: 'changeGroup', tag: 'Groups', who: 'admin',
    summary: 'Rename a group or replace its members',
    params, body: changeGroupInput, answer: groupView, refusals: ['not_found'],
    run: (deps, { principal, params: { key }, body }) => changeGroup(deps, principal, key, body),
  }),
  route({
    method: 'delete', path: '/groups/{key}', name: 'deleteGroup', tag: 'Groups', who: 'admin',
    summary: 'Remove a group that nothing names',
    description: 'One that a handover case names is refused, and the refusal says which.',
    params, refusals: ['not_found', 'in_use'],
    run: (deps, { principal, params: { key } }) => deleteGroup(deps, principal, key),
  }),
];
