import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { agentTurn, agentTurnAnswer } from '#workflows/contract/agent-turn.ts';
import { WEBHOOK_PAYLOADS } from '#workflows/contract/webhook-events.ts';

const header = (description: string) => ({ in: 'header' as const, required: true, schema: { type: 'string' as const }, description });

const SIGNED = [
  { name: 'webhook-timestamp', ...header('When this try was signed, in seconds since 1970.') },
  { name: 'webhook-signature', ...header('`v1,` and the signature; two of them, with a space between, while two secrets live.') },
];

/** What Baton posts: turns to webhook agents, events to the team's webhooks; made of the schemas that they are typed by. */
export function openApiWebhooks(): ZodOpenApiPathsObject {
  return { 'agent.turn': TURN, ...events() };
}

const TURN: ZodOpenApiPathsObject[string] = {
  post: {
    operationId: 'on.agent.turn',
    tags: ['Agents'],
    summary: 'agent.turn',
    description: 'A turn of an agent of kind `webhook`, posted to its URL.',
    security: [],
    parameters: [{ name: 'webhook-id', ...header('The turn’s id, the same at every try; the id of the message that answers it.') }, ...SIGNED],
    requestBody: { required: true, content: { 'application/json': { schema: agentTurn } } },
    responses: {
      '200': { description: 'What to say to the customer, whom to hand to, or both.', content: { 'application/json': { schema: agentTurnAnswer } } },
      '202': { description: 'The answer comes by API, within the policy’s turnMinutes.' },
    },
  },
};

function events(): ZodOpenApiPathsObject {
  return Object.fromEntries(
    Object.entries(WEBHOOK_PAYLOADS).map(([type, schema]) => [
      type,
      {
        post: {
          operationId: `on.${type}`,
          tags: ['Webhooks'],
          summary: type,
          security: [],
          parameters: [
            { name: 'webhook-id', ...header('The delivery’s id, the same at every try: what was handled under it need not be handled again.') },
            ...SIGNED,
          ],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { '2XX': { description: 'Taken. Anything else is tried again; 410 turns the webhook off.' } },
        },
      },
    ]),
  );
}
