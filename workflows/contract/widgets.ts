import { z } from 'zod';
import { idOf } from './ids.ts';
import { line, optionalBody } from './text.ts';

const at = z.iso.datetime();
export const WIDGET_POSITIONS = ['right', 'left'] as const;
export const WIDGET_THEMES = ['auto', 'light', 'dark'] as const;

const color = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, 'must be a colour like #4f46e5');

/** How a widget looks (P59). */
export const widgetLook = z.strictObject({
  title: line(60),
  greeting: optionalBody(500),
  color,
  position: z.enum(WIDGET_POSITIONS),
  theme: z.enum(WIDGET_THEMES).meta({ description: 'auto: as the visitor’s system is set.' }),
});
export type WidgetLook = z.infer<typeof widgetLook>;

/** The look of a widget of which nothing is said. */
export const DEFAULT_LOOK: WidgetLook = { title: 'Chat with us', greeting: 'Hello! How can we help you?', color: '#4f46e5', position: 'right', theme: 'auto' };

/** `https://shop.example`: what a browser sends as Origin (RFC 6454), whatever path somebody pasted behind it. */
const origin = z
  .string()
  .trim()
  .max(300, 'must be at most 300 characters')
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), { error: 'must be a site like https://shop.example', abort: true })
  .refine((text) => !new URL(text).hostname.includes('*'), { error: 'must be one site, without a *: name every subdomain', abort: true })
  .transform((text) => new URL(text).origin);

const MAX_ORIGINS = 50;
const fields = {
  name: line(100),
  agentId: idOf('agent').nullable().meta({ description: 'Who answers; null: people alone.' }),
  origins: z
    .array(origin)
    .max(MAX_ORIGINS, `must be at most ${MAX_ORIGINS} sites`)
    .transform((all) => [...new Set(all)])
    .meta({ description: 'The sites that may embed it, beside this server’s own. Every subdomain and port is a site of its own.' }),
  look: widgetLook,
};

export const createWidget = z.strictObject({ name: fields.name, agentId: fields.agentId.default(null), origins: fields.origins.default([]), look: fields.look.default(DEFAULT_LOOK) });
export const putWidget = z.strictObject(fields);

export const widgetView = z.object({
  id: z.string(),
  name: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }).nullable(),
  origins: z.array(z.string()),
  look: widgetLook,
  snippet: z.string().meta({ description: 'What a page carries to show it.' }),
  version: z.number().int(),
  createdAt: at,
  changedAt: at,
});
export type WidgetView = z.infer<typeof widgetView>;

export const newWidgetView = widgetView.extend({
  identitySecret: z.string().meta({ description: 'Signs your users’ ids. Shown this once; keep it on your server.' }),
});
export type NewWidgetView = z.infer<typeof newWidgetView>;
