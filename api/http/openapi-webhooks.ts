import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { WEBHOOK_PAYLOADS } from '#workflows/contract/webhook-events.ts';

const header = (description: string) => ({ in: 'header' as const, required: true, schema: { type: 'string' as const }, description });

/** What Baton posts to the team's webhooks, by event; made of the schemas that the events are typed by. */
export function openApiWebhooks(): ZodOpenApiPathsObject {
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
            { name: 'webhook-timestamp', ...header('When this try was signed, in seconds since 1970.') },
            { name: 'webhook-signature', ...header('`v1,` and the signature; two of them, with a space between, while two secrets live.') },
          ],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { '2XX': { description: 'Taken. Anything else is tried again; 410 turns the webhook off.' } },
        },
      },
    ]),
  );
}
