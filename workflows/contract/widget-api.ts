import { z } from 'zod';
import { CSAT_SCORES } from '../domain/csat.ts';
import { idOf } from './ids.ts';
import { body, emailAddress, line } from './text.ts';
import { MOST_CHARACTERS } from './widget-limits.ts';
import { widgetLook } from './widgets.ts';

// What the widget and the server say to each other under /widget/v1.

const at = z.iso.datetime();

export const openSession = z
  .strictObject({
    user: line(200).optional().meta({ description: 'Your own id of this person.' }),
    signature: z.string().max(200).optional().meta({ description: 'HMAC-SHA256 of `user`, or of `user`, a line feed and `name`, with the widget’s identity secret, in hexadecimal.' }),
    secret: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, 'must be a secret that an earlier session answered with')
      .optional()
      .meta({ description: 'Of this browser, from an earlier session.' }),
    name: line(100).optional().meta({ description: 'What they are called; of a signed user it counts only if it is signed, too.' }),
  })
  .refine(({ user, signature }) => (user === undefined) === (signature === undefined), { path: ['signature'], message: 'goes with user, and user with it' });

export const sessionView = z.object({
  token: z.string(),
  expiresAt: at,
  /** Null for a signed user: their signature is what they come back with. */
  secret: z.string().nullable(),
  look: widgetLook,
});
export type SessionView = z.infer<typeof sessionView>;

export const sayInput = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be 16 to 64 letters, digits, - or _, made by the sender'),
  text: body(MOST_CHARACTERS),
  attachments: z.array(idOf('attachment')).max(5, 'must be at most 5 files').default([]),
});
export const readQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(1_000_000_000).default(0).meta({ description: 'The number of the last message that is known.' }),
});
const messageNumber = z.number().int().min(0).max(1_000_000_000);
export const seenInput = z.strictObject({
  upTo: messageNumber.meta({ description: 'Messages up to this number have come to the page.' }),
  readUpTo: messageNumber.default(0).meta({ description: 'Those up to this number stood on the open panel of a page in front; no further than `upTo` and than what was given.' }),
});
export const emailInput = z.strictObject({ email: emailAddress });
export const typingInput = z.strictObject({});

export const widgetAttachment = z.object({ id: z.string(), fileName: z.string(), size: z.number().int() });
export type WidgetAttachment = z.infer<typeof widgetAttachment>;

export const WIDGET_AUTHORS = ['you', 'ai', 'person', 'team'] as const;

export const widgetMessage = z.object({
  /** Grows by one from message to message of a conversation. */
  number: z.number().int(),
  /** The sender's own id of it, for what came from this visitor's widget. */
  id: z.string(),
  from: z.enum(WIDGET_AUTHORS),
  /** A first name or an agent's; never an address. */
  name: z.string(),
  text: z.string(),
  attachments: z.array(widgetAttachment),
  at,
});
export type WidgetMessage = z.infer<typeof widgetMessage>;

export const widgetConversation = z.object({
  messages: z.array(widgetMessage),
  /** What the next reading asks `after`. */
  cursor: z.number().int(),
  /** True: more is there, ask again after `cursor`. */
  hasMore: z.boolean(),
  /** Who has it: the agent, a person of the team, or nobody yet. */
  with: z.object({ kind: z.enum(['ai', 'person', 'team']), name: z.string() }),
  /** P2: nobody is there and no address is known: the widget asks for one. */
  needsEmail: z.boolean(),
  /** Whether an answer can reach them by mail. */
  hasEmail: z.boolean(),
  /** Up to which number a person of the team has read what they wrote, or has answered it; what only an AI has read is not seen. */
  seenUpTo: z.number().int(),
  /** P45: how was it? Null: nobody asks now. */
  csat: z
    .object({
      /** Tells this question from that of another resolution. */
      askedAt: at,
      score: z.literal(CSAT_SCORES).nullable(),
      comment: z.string(),
    })
    .nullable(),
});
export type WidgetConversation = z.infer<typeof widgetConversation>;
