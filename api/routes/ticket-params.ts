import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';

const number = z.string().regex(/^[1-9]\d{0,8}$/);

/** A ticket is named by its id or by its number in the team. */
export const ofTicket = z.strictObject({
  ticketId: z
    .union([idOf('ticket'), number], 'must be an id that starts with tkt_, or a ticket number')
    .meta({ description: 'The ticket’s id, or its number.', example: 'tkt_4kQ9ZsT1vY7bN2mXw8Lr3D' }),
});

export const ofConversation = z.strictObject({ conversationId: idOf('conversation') });
