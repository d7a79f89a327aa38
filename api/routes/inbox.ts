import { z } from 'zod';
import { draft as draftInput } from '#workflows/contract/commands.ts';
import { draftView } from '#workflows/contract/draft-view.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { VIEWS, plainPaging } from '#workflows/contract/queries.ts';
import { KEY_ROLES } from '#workflows/contract/settings.ts';
import { countsView, notificationView, pageOf, teamView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import { route } from '../http/route.ts';
import { markMentionDone, markNotificationsRead } from '../notifications/mark-notifications.ts';
import { me } from '../people/operators.ts';
import { counts } from '../queries/counts.ts';
import { notifications } from '../queries/notifications.ts';
import { draft, saveDraft } from '../tickets/drafts.ts';
import { markRead } from '../tickets/mark-read.ts';
import { ofTicket } from './ticket-params.ts';

const view = z.object({ key: z.enum([...VIEWS, 'conversations']), count: z.int() });
const RAIL = [...VIEWS, 'conversations'] as const;

const meView = z.object({
  operatorId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(KEY_ROLES),
  zone: z.string(),
  locale: z.string(),
  languages: z.array(z.string()).meta({ description: 'What they read without a translation.' }),
  hasModel: z.boolean().meta({ description: 'There is a language model that could translate.' }),
  team: teamView,
});

export const inboxRoutes = [
  route({
    method: 'get', path: '/me', name: 'getMe', tag: 'Inbox', who: 'person',
    summary: 'The signed-in person and their team',
    answer: meView,
    refusals: ['not_found'],
    run: (deps, { principal }) => me(deps, principal),
  }),
  route({
    method: 'get', path: '/views', name: 'listViews', tag: 'Inbox', who: 'reader',
    summary: 'The views of the inbox with their exact counts',
    description: 'Inbox and Mentions are those of the person who asks; a key has none of its own.',
    answer: pageOf(view),
    run: async (deps, { principal }) => {
      const counted = await counts(deps, principal);
      if (!counted.ok) return counted;
      return ok({ items: RAIL.map((key) => ({ key, count: counted.value[key] })), next: null });
    },
  }),
  route({
    method: 'get', path: '/counts', name: 'getCounts', tag: 'Inbox', who: 'reader',
    summary: 'The same counts in one object, with unread notifications',
    answer: countsView,
    run: (deps, { principal }) => counts(deps, principal),
  }),
  route({
    method: 'get', path: '/notifications', name: 'listNotifications', tag: 'Inbox', who: 'person',
    summary: 'One’s own notifications, newest first',
    query: plainPaging, answer: pageOf(notificationView),
    run: (deps, { principal, query }) => notifications(deps, principal, query),
  }),
  route({
    method: 'post', path: '/notifications/read', name: 'readNotifications', tag: 'Inbox', who: 'person',
    summary: 'Mark notifications as read',
    body: z.strictObject({ ids: z.union([z.literal('all'), z.array(idOf('notification')).max(500)]) }),
    run: (deps, { principal, body }) => markNotificationsRead(deps, principal, body.ids),
  }),
  route({
    method: 'get', path: '/tickets/{ticketId}/draft', name: 'getDraft', tag: 'Inbox', who: 'person',
    summary: 'What this person has begun to write',
    params: ofTicket, answer: draftView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => draft(deps, principal, params.ticketId),
  }),
  route({
    method: 'put', path: '/tickets/{ticketId}/draft', name: 'saveDraft', tag: 'Inbox', who: 'person',
    summary: 'Keep what this person has begun to write; without text and files it is forgotten',
    params: ofTicket, body: draftInput,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => saveDraft(deps, principal, params.ticketId, body),
  }),
  route({
    method: 'put', path: '/tickets/{ticketId}/read-mark', name: 'markRead', tag: 'Inbox', who: 'person',
    summary: 'Note how far this person has read the timeline',
    params: z.strictObject({ ticketId: idOf('ticket') }), body: z.strictObject({ position: z.int().min(0).max(2_147_483_647) }),
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => markRead(deps, principal, params.ticketId, body.position),
  }),
  route({
    method: 'post', path: '/tickets/{ticketId}/mention/done', name: 'markMentionDone', tag: 'Inbox', who: 'person',
    summary: 'Take the ticket off one’s own Mentions',
    params: ofTicket, body: z.strictObject({}),
    refusals: ['not_found'],
    run: (deps, { principal, params }) => markMentionDone(deps, principal, params.ticketId),
  }),
];
