import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { pageOf } from '#workflows/contract/views.ts';
import { changeWebhook as changeWebhookInput, createWebhook as createWebhookInput, listWebhookDeliveries, newWebhookView, webhookDeliveryRow, webhookDeliveryView, webhookView } from '#workflows/contract/webhooks.ts';
import { route } from '../http/route.ts';
import { resendWebhook, testWebhook, webhookDeliveries, webhookDelivery } from '../webhooks/deliveries.ts';
import { changeWebhook, createWebhook, deleteWebhook, rotateWebhookSecret, webhook, webhooks } from '../webhooks/webhooks.ts';
import { wholeList } from './whole-list.ts';

const ofWebhook = z.strictObject({ webhookId: idOf('webhook') });
const ofDelivery = z.strictObject({ webhookId: idOf('webhook'), deliveryId: idOf('webhookDelivery') });

export const webhookRoutes = [
  route({
    method: 'get', path: '/webhooks', name: 'listWebhooks', tag: 'Webhooks', who: 'admin',
    summary: 'Where the team is told of what happens, without secrets',
    answer: pageOf(webhookView),
    run: async (deps, { principal }) => wholeList(await webhooks(deps, principal)),
  }),
  route({
    method: 'post', path: '/webhooks', name: 'createWebhook', tag: 'Webhooks', who: 'admin', status: 201, hasSecret: true,
    summary: 'Add a webhook; its secret is shown this once',
    description: 'What is posted is described under `webhooks` of this document, and signed after the Standard Webhooks specification.',
    body: createWebhookInput, answer: newWebhookView,
    run: (deps, { principal, body }) => createWebhook(deps, principal, body),
  }),
  route({
    method: 'get', path: '/webhooks/{webhookId}', name: 'getWebhook', tag: 'Webhooks', who: 'admin',
    summary: 'A webhook and its state',
    params: ofWebhook, answer: webhookView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => webhook(deps, principal, params.webhookId),
  }),
  route({
    method: 'patch', path: '/webhooks/{webhookId}', name: 'changeWebhook', tag: 'Webhooks', who: 'admin',
    summary: 'Change what is given and leave the rest; turn it off or on',
    params: ofWebhook, body: changeWebhookInput, answer: webhookView,
    refusals: ['not_found'],
    run: (deps, { principal, params, body }) => changeWebhook(deps, principal, params.webhookId, body),
  }),
  route({
    method: 'delete', path: '/webhooks/{webhookId}', name: 'deleteWebhook', tag: 'Webhooks', who: 'admin',
    summary: 'Remove a webhook with its log; what it was owed is not sent',
    params: ofWebhook,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => deleteWebhook(deps, principal, params.webhookId),
  }),
  route({
    method: 'post', path: '/webhooks/{webhookId}/secret', name: 'rotateWebhookSecret', tag: 'Webhooks', who: 'admin', hasSecret: true,
    summary: 'Make a new secret; it is shown this once',
    description: 'For 24 hours everything is signed with both, so that the receiver can change over. One before the old one ends at once.',
    params: ofWebhook, answer: newWebhookView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => rotateWebhookSecret(deps, principal, params.webhookId),
  }),
  route({
    method: 'post', path: '/webhooks/{webhookId}/test', name: 'testWebhook', tag: 'Webhooks', who: 'admin', status: 201,
    summary: 'Send a `webhook.test`, once',
    params: ofWebhook, answer: webhookDeliveryView,
    refusals: ['not_found', 'webhook_off'],
    run: (deps, { principal, params }) => testWebhook(deps, principal, params.webhookId),
  }),
  route({
    method: 'get', path: '/webhooks/{webhookId}/deliveries', name: 'listWebhookDeliveries', tag: 'Webhooks', who: 'admin',
    summary: 'What was sent and what became of it, newest first; kept for thirty days',
    params: ofWebhook, query: listWebhookDeliveries, answer: pageOf(webhookDeliveryRow),
    refusals: ['not_found'],
    run: (deps, { principal, params, query }) => webhookDeliveries(deps, principal, params.webhookId, query),
  }),
  route({
    method: 'get', path: '/webhooks/{webhookId}/deliveries/{deliveryId}', name: 'getWebhookDelivery', tag: 'Webhooks', who: 'admin',
    summary: 'One delivery with its body',
    params: ofDelivery, answer: webhookDeliveryView,
    refusals: ['not_found'],
    run: (deps, { principal, params }) => webhookDelivery(deps, principal, params.webhookId, params.deliveryId),
  }),
  route({
    method: 'post', path: '/webhooks/{webhookId}/deliveries/{deliveryId}/resend', name: 'resendWebhook', tag: 'Webhooks', who: 'admin',
    summary: 'Send a delivery again under its own id, now',
    description: 'Whatever became of it. It goes before whatever is owed of the same ticket.',
    params: ofDelivery, answer: webhookDeliveryView,
    refusals: ['not_found', 'webhook_off'],
    run: (deps, { principal, params }) => resendWebhook(deps, principal, params.webhookId, params.deliveryId),
  }),
];
