import { z } from 'zod';
import { modelTested, modelUsage as modelUsageView, modelView, putModel as putModelInput } from '#workflows/contract/model.ts';
import { route } from '../http/route.ts';
import { model, modelUsage, putModel, testModel } from '../model/model.ts';

const tag = 'Language model';

export const modelRoutes = [
  route({
    method: 'get', path: '/model', name: 'getModel', tag, who: 'admin', hasVersion: true,
    summary: 'Which language model the team asks',
    description: 'Of the team’s own endpoint, else of the installation’s. The key is never shown.',
    answer: modelView,
    run: (deps, { principal }) => model(deps, principal),
  }),
  route({
    method: 'put', path: '/model', name: 'putModel', tag, who: 'admin', hasVersion: true,
    summary: 'Replace which language model the team asks, and what it may use in a month',
    description: 'If-Match names the version that was read; `"0"` where nothing was set yet. A key that is left out stays, but not at another address. The endpoint must be on the public internet, unless whoever runs the server allows its own network; redirects are not followed.',
    body: putModelInput, answer: modelView,
    refusals: ['version_conflict'],
    run: (deps, { principal, body, ifVersion }) => putModel(deps, principal, body, ifVersion),
  }),
  route({
    method: 'post', path: '/model/test', name: 'testModel', tag, who: 'admin',
    summary: 'Ask the model one short question, as it is saved',
    description: 'Says whether it answers and how fast; where it does not, why, in the endpoint’s own words if it has any.',
    body: z.strictObject({}), answer: modelTested,
    refusals: ['busy'],
    run: (deps, { principal }) => testModel(deps, principal),
  }),
  route({
    method: 'get', path: '/model/usage', name: 'getModelUsage', tag, who: 'admin',
    summary: 'What the team’s calls of models used this month: tokens, calls, cost, by task',
    answer: modelUsageView,
    run: (deps, { principal }) => modelUsage(deps, principal),
  }),
];
