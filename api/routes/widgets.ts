import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { createWidget as createWidgetInput, newWidgetView, putWidget as putWidgetInput, widgetView } from '#workflows/contract/widgets.ts';
import { route } from '../http/route.ts';
import { createWidget, deleteWidget, putWidget, rotateIdentitySecret, widget, widgets } from '../widgets/widgets.ts';
import { wholeList } from './whole-list.ts';

const ofWidget = z.strictObject({ widgetId: idOf('widget') });

export const widgetRoutes = [
  route({
    method: 'get', path: '/widgets', name: 'listWidgets', tag: 'Web chat', who: 'admin',
    summary: 'The team’s web chats, without secrets',
    answer: pageOf(widgetView),
    run: async (deps, { principal }) => wholeList(await widgets(deps, principal)),
  }),
  route({
    method: 'post', path: '/widgets', name: 'createWidget', tag: 'Web chat', who: 'admin', status: 201, hasSecret: true,
    summary: 'Add a web chat; its identity secret is shown this once',
    body: createWidgetInput, answer: newWidgetView,
    run: (deps, { principal, body }) => createWidget(deps, principal, body),
  }),
  route({
    method: 'get', path: '/widgets/{widgetId}', name: 'getWidget', tag: 'Web chat', who: 'admin', hasVersion: true,
    summary: 'A web chat and the snippet that embeds it',
    params: ofWidget, answer: widgetView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => widget(deps, principal, params.widgetId),
  }),
  route({
    method: 'put', path: '/widgets/{widgetId}', name: 'putWidget', tag: 'Web chat', who: 'admin', hasVersion: true,
    summary: 'Replace name, agent, sites and look; open pages show it at their next visit',
    params: ofWidget, body: putWidgetInput, answer: widgetView,
    refusals: ['not_found', 'version_conflict'],
    run: (deps, { principal, params, body, ifVersion }) => putWidget(deps, principal, params.widgetId, body, ifVersion),
  }),
  route({
    method: 'delete', path: '/widgets/{widgetId}', name: 'deleteWidget', tag: 'Web chat', who: 'admin',
    summary: 'Remove a web chat from every page; its conversations stay',
    params: ofWidget,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => deleteWidget(deps, principal, params.widgetId),
  }),
  route({
    method: 'post', path: '/widgets/{widgetId}/secret', name: 'rotateIdentitySecret', tag: 'Web chat', who: 'admin', hasSecret: true,
    summary: 'Make a new identity secret; it is shown this once',
    description: 'What the old one signed is refused at once: sign with the new one right away.',
    params: ofWidget, answer: newWidgetView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => rotateIdentitySecret(deps, principal, params.widgetId),
  }),
];
