import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { listRequesters as listRequestersQuery } from '#workflows/contract/queries.ts';
import { changeRequester as changeRequesterInput } from '#workflows/contract/settings.ts';
import { pageOf, requesterView } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { getRequester, listRequesters } from '../queries/requesters.ts';
import { changeRequester } from '../requesters/change-requester.ts';

const ofRequester = z.strictObject({ requesterId: idOf('requester') });
const tag = 'Requesters';

export const requesterRoutes = [
  route({
    method: 'get', path: '/requesters', name: 'listRequesters', tag, who: 'reader',
    summary: 'Customers, newest first, or those whose name or address matches',
    query: listRequestersQuery, answer: pageOf(requesterView),
    run: (deps, { principal, query }) => listRequesters(deps, principal, query),
  }),
  route({
    method: 'get', path: '/requesters/{requesterId}', name: 'getRequester', tag, who: 'reader',
    summary: 'One customer',
    params: ofRequester, answer: requesterView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => getRequester(deps, principal, params.requesterId),
  }),
  route({
    method: 'patch', path: '/requesters/{requesterId}', name: 'changeRequester', tag, who: 'writer',
    summary: 'Change name, language or zone',
    params: ofRequester, body: changeRequesterInput, answer: requesterView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => changeRequester(deps, principal, params.requesterId, body),
  }),
];
