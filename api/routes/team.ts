import { z } from 'zod';
import { changeTeam as changeTeamInput } from '#workflows/contract/settings.ts';
import { tagName } from '#workflows/contract/text.ts';
import { pageOf, teamView } from '#workflows/contract/views.ts';
import { route } from '../http/route.ts';
import { changeTeam, team } from '../team/team.ts';
import { createTag, deleteTag, tags } from '../team/tags.ts';
import { wholeList } from './whole-list.ts';

const tagList = pageOf(z.string());

export const teamRoutes = [
  route({
    method: 'get', path: '/team', name: 'getTeam', tag: 'Team', who: 'reader',
    summary: 'The team of whoever asks',
    answer: teamView,
    run: (deps, { principal }) => team(deps, principal),
  }),
  route({
    method: 'patch', path: '/team', name: 'changeTeam', tag: 'Team', who: 'admin',
    summary: 'Rename the team or choose its status labels',
    body: changeTeamInput, answer: teamView,
    run: (deps, { principal, body }) => changeTeam(deps, principal, body),
  }),
  route({
    method: 'get', path: '/tags', name: 'listTags', tag: 'Tags', who: 'reader',
    summary: 'The team’s tags, in alphabetical order',
    answer: tagList,
    run: async (deps, { principal }) => wholeList(await tags(deps, principal)),
  }),
  route({
    method: 'post', path: '/tags', name: 'createTag', tag: 'Tags', who: 'writer',
    summary: 'Add a tag; answers with all of them',
    body: z.strictObject({ name: tagName }), answer: tagList,
    run: async (deps, { principal, body }) => wholeList(await createTag(deps, principal, body.name)),
  }),
  route({
    method: 'delete', path: '/tags/{name}', name: 'deleteTag', tag: 'Tags', who: 'admin',
    summary: 'Take a tag out of the list; tickets that carry it keep it',
    params: z.strictObject({ name: tagName }), answer: tagList,
    run: async (deps, { principal, params }) => wholeList(await deleteTag(deps, principal, params.name)),
  }),
];
