import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { changeAddress as changeAddressInput, changeAgent as changeAgentInput, createAddress as createAddressInput, createAgent as createAgentInput, putPolicy as putPolicyInput } from '#workflows/contract/settings.ts';
import { addressView, agentView, pageOf, policyView } from '#workflows/contract/views.ts';
import { addresses, changeAddress, createAddress, deleteAddress } from '../agents/addresses.ts';
import { agents, changeAgent, createAgent } from '../agents/agents.ts';
import { route } from '../http/route.ts';
import { policy, policyVersions } from '../policies/policy.ts';
import { putPolicy } from '../policies/put-policy.ts';
import { wholeList } from './whole-list.ts';

const ofAgent = z.strictObject({ agentId: idOf('agent') });
const ofAddress = z.strictObject({ addressId: idOf('address') });
const ofScope = z.strictObject({
  scope: z.union([z.literal('team'), idOf('agent')], 'must be "team" or the id of an agent').meta({ description: '`team`, or the id of an agent', example: 'team' }),
});

export const agentRoutes = [
  route({
    method: 'get', path: '/agents', name: 'listAgents', tag: 'Agents', who: 'reader',
    summary: 'The team’s AI agents by name',
    answer: pageOf(agentView),
    run: async (deps, { principal }) => wholeList(await agents(deps, principal)),
  }),
  route({
    method: 'post', path: '/agents', name: 'createAgent', tag: 'Agents', who: 'admin', status: 201,
    summary: 'Make an agent; its help desk is off until its policy turns it on',
    body: createAgentInput, answer: agentView,
    run: (deps, { principal, body }) => createAgent(deps, principal, body),
  }),
  route({
    method: 'patch', path: '/agents/{agentId}', name: 'changeAgent', tag: 'Agents', who: 'admin',
    summary: 'Rename an agent',
    params: ofAgent, body: changeAgentInput, answer: agentView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => changeAgent(deps, principal, params.agentId, body),
  }),
  route({
    method: 'get', path: '/policies/{scope}', name: 'getPolicy', tag: 'Policies', who: 'agent_or_reader', hasVersion: true,
    summary: 'The settings in force for a scope, each with where it comes from',
    description: 'An agent key reads the policy of its own agent: that is where its handover cases are.',
    params: ofScope, answer: policyView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => policy(deps, principal, params.scope),
  }),
  route({
    method: 'put', path: '/policies/{scope}', name: 'putPolicy', tag: 'Policies', who: 'admin', hasVersion: true,
    summary: 'Replace a scope’s overrides by a new version; open tickets follow in the background',
    description: 'What is left out is inherited again. If-Match names the version that was read; `"0"` where none was set yet. Assignment is checked against the team as it is, for the team’s policy with every agent that inherits it: what cannot work is refused at its field. To restore a version, put its overrides.',
    params: ofScope, body: putPolicyInput, answer: policyView,
    refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params, body, ifVersion }) => putPolicy(deps, principal, params.scope, body, ifVersion),
  }),
  route({
    method: 'get', path: '/policies/{scope}/versions', name: 'listPolicyVersions', tag: 'Policies', who: 'reader',
    summary: 'Every version of a scope, newest first',
    params: ofScope, answer: pageOf(policyView),
    refusals: ['not_found'],
    run: async (deps, { principal, params }) => wholeList(await policyVersions(deps, principal, params.scope)),
  }),
  route({
    method: 'get', path: '/addresses', name: 'listAddresses', tag: 'Addresses', who: 'reader',
    summary: 'The addresses customers write to, the team’s default first',
    answer: pageOf(addressView),
    run: async (deps, { principal }) => wholeList(await addresses(deps, principal)),
  }),
  route({
    method: 'post', path: '/addresses', name: 'createAddress', tag: 'Addresses', who: 'admin', status: 201,
    summary: 'Add an address',
    body: createAddressInput, answer: addressView,
    refusals: ['exists'],
    run: (deps, { principal, body }) => createAddress(deps, principal, body),
  }),
  route({
    method: 'patch', path: '/addresses/{addressId}', name: 'changeAddress', tag: 'Addresses', who: 'admin',
    summary: 'Change what is given and leave the rest',
    params: ofAddress, body: changeAddressInput, answer: addressView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => changeAddress(deps, principal, params.addressId, body),
  }),
  route({
    method: 'delete', path: '/addresses/{addressId}', name: 'deleteAddress', tag: 'Addresses', who: 'admin',
    summary: 'Remove an address: mail to it is refused from now on',
    params: ofAddress,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => deleteAddress(deps, principal, params.addressId),
  }),
];
