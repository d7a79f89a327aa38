import type { RouteConfigEntry } from '@remix-run/dev/dist/config/routes.js';

const route = (path: string, name: string, children?: RouteConfigEntry[]): RouteConfigEntry => ({
  path,
  file: `routes/${name}.tsx`,
  ...(children && { children }),
});
const index = (name: string): RouteConfigEntry => ({ index: true, file: `routes/${name}.tsx` });

/** Every address of the inbox. The `do/` routes take commands and have no page. */
export default [
  route('sign-in', 'sign-in'),
  route('sign-in/link', 'sign-in-link'),
  route('invitations/:token', 'invitation'),
  route('csat/:token', 'csat'),
  route('preferences', 'preferences'),
  route('do/sign-out', 'do-sign-out'),
  route('do/tickets', 'do-tickets'),
  route('do/tickets/:ticketId', 'do-ticket'),
  route('do/conversations/:conversationId', 'do-conversation'),
  route('do/notifications', 'do-notifications'),
  route('do/presence', 'do-presence'),
  route('do/settings', 'do-settings'),
  route('find', 'find'),
  route('find/requester', 'find-requester'),
  route('customer/shop', 'customer-shop'),
  {
    id: 'shell',
    file: 'routes/shell.tsx',
    children: [
      {
        id: 'page',
        file: 'routes/page.tsx',
        children: [
          index('home'),
          route('new', 'new-ticket'),
          route('notifications', 'notifications'),
          route('tickets/:number', 'ticket-link'),
          route('conversations', 'conversations', [route(':conversationId', 'conversation')]),
          route('mailbox', 'mailbox'),
          route('customer', 'customer'),
          route('settings', 'settings', [
            index('settings-home'),
            route('team', 'settings-team'),
            route('people', 'settings-people'),
            route('shifts', 'settings-shifts'),
            route('agents', 'settings-agents'),
            route('agents/:agentId', 'settings-agent'),
            route('model', 'settings-model'),
            route('policy', 'settings-policy'),
            route('sla', 'settings-sla'),
            route('schedules', 'settings-schedules'),
            route('schedules/:scheduleId', 'settings-schedule'),
            route('addresses', 'settings-addresses'),
            route('mail', 'settings-mail'),
            route('tags', 'settings-tags'),
            route('keys', 'settings-keys'),
            route('widgets', 'settings-widgets'),
            route('widgets/:widgetId', 'settings-widget'),
            route('webhooks', 'settings-webhooks'),
            route('webhooks/:webhookId', 'settings-webhook'),
          ]),
          route(':view', 'list', [route(':number', 'ticket')]),
        ],
      },
    ],
  },
  route('*', 'not-found'),
] satisfies RouteConfigEntry[];
