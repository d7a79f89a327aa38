import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import { pause } from './instance.ts';

const LONGEST_THOUGHT_MS = 400;
const think = () => pause(Math.random() * LONGEST_THOUGHT_MS);

const conversation = z.object({ ai: z.object({ epoch: z.number() }), lastCustomerMessage: z.string().nullable() });

/** An external agent that answers, and never asks whether it may: what it was told when it read is what it posts. Says whether its answer was taken. */
export async function answerByApi(robin: ApiClient, conversationId: string, text: string): Promise<boolean> {
  const { ai, lastCustomerMessage } = await robin.get(`/conversations/${conversationId}`, conversation);
  await think();
  const status = await robin.tryPost(`/conversations/${conversationId}/messages`, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage });
  return status === 201;
}

/** A webhook agent that thinks for a moment and answers every turn. */
export async function startWebhookAgent(): Promise<{ url: string; asked(): number; stop(): void }> {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      asked += 1;
      const text = `Webhook answer ${asked}.`;
      void think().then(() => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text })));
    });
    request.on('error', () => undefined);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}/turn`,
    asked: () => asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
