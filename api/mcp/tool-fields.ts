import { z } from 'zod';
import { idOf } from '#workflows/contract/ids.ts';
import { IDEMPOTENCY_KEY } from '../http/idempotency.ts';
import { ofTicket } from '../routes/ticket-params.ts';

/** Fields that several tools take, in words for a model. */
export const conversationId = idOf('conversation').meta({ description: 'The id of the conversation; it starts with cnv_.' });

/** A model that was shown ticket 12 may well give a number. */
export const ticketId = z
  .union([ofTicket.shape.ticketId, z.int().min(1).max(999_999_999)], 'must be an id that starts with tkt_, or a ticket number')
  .transform(String)
  .meta({ description: 'The ticket’s id, which starts with tkt_, or its number, like 12.' });

export const idempotencyKey = z
  .string()
  .regex(IDEMPOTENCY_KEY, 'must be 1 to 255 printable ASCII characters without spaces')
  .optional()
  .meta({
    description:
      'Any string of your choice that names this one call. Call again with the same key and the same arguments when no answer came: it is carried out once and answered alike, for 24 hours. Take a fresh key for everything else.',
  });
