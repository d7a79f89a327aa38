import { z } from 'zod';
import { idOf } from './ids.ts';
import { language } from './routing.ts';
import { optionalBody } from './text.ts';

// P48: a model's help with what is being written. It reaches the composer and nothing else.

export const COMPOSE_TASKS = ['draft', 'polish', 'tone', 'shorten', 'expand', 'translate'] as const;
export type ComposeTask = (typeof COMPOSE_TASKS)[number];
export const TONES = ['friendly', 'formal'] as const;
export type Tone = (typeof TONES)[number];

const selection = z.strictObject({ start: z.int().min(0), end: z.int().min(0) });

export const composeInput = z
  .strictObject({
    task: z.enum(COMPOSE_TASKS),
    tone: z.enum(TONES).optional().meta({ description: 'Of the task `tone`.' }),
    to: language.optional().meta({ description: 'Of the task `translate`.' }),
    text: optionalBody(20_000).default('').meta({ description: 'What is written so far; for a draft, what it should say.' }),
    selection: selection.optional().meta({ description: 'Only this part of the text, in UTF-16 units; what comes back takes its place.' }),
    lastSeenMessage: idOf('message').nullable().optional().meta({ description: 'The newest customer message the writer has seen: the ending says whether another came.' }),
    includeNotes: z.boolean().default(false).meta({ description: 'Of a draft: show the model your notes, too.' }),
  })
  .refine(({ task, tone }) => task !== 'tone' || tone !== undefined, { path: ['tone'], error: `must be one of: ${TONES.join(', ')}` })
  .refine(({ task, to }) => task !== 'translate' || to !== undefined, { path: ['to'], error: 'must say into which language' })
  .refine(({ task, text }) => task === 'draft' || text.trim() !== '', { path: ['text'], error: 'must not be empty' })
  .refine(({ text, selection: part }) => part === undefined || (part.start < part.end && part.end <= text.length && text.slice(part.start, part.end).trim() !== ''), { path: ['selection'], error: 'must be a part of the text' });
export type ComposeInput = z.infer<typeof composeInput>;

export const composeStarted = z.object({ id: z.string() });
export type ComposeStarted = z.infer<typeof composeStarted>;

/** Why nothing came of it, in a word; the words are in `detail`. */
export const COMPOSE_PROBLEMS = ['no_model', 'budget', 'busy', 'late', 'unusable', 'failed'] as const;
export type ComposeProblem = (typeof COMPOSE_PROBLEMS)[number];

export const composeWarning = z.object({
  kind: z.enum(['number', 'name', 'code', 'link', 'email']),
  what: z.string(),
  change: z.enum(['lost', 'invented']),
});
export type ComposeWarning = z.infer<typeof composeWarning>;

export const composeEnding = z.object({
  state: z.enum(['done', 'failed', 'stopped']),
  text: z.string().nullable().meta({ description: 'All of it, once it is done: what the pieces before came to.' }),
  warnings: z.array(composeWarning).meta({ description: 'What did not survive, and what was not there before.' }),
  isCut: z.boolean().meta({ description: 'The model would have gone on.' }),
  newerMessage: z.boolean().meta({ description: 'The customer wrote meanwhile.' }),
  problem: z.enum(COMPOSE_PROBLEMS).nullable(),
  detail: z.string().nullable(),
  retryAfter: z.int().nullable().meta({ description: 'Seconds.' }),
});
export type ComposeEnding = z.infer<typeof composeEnding>;

/** An ending without a text, but for how it ended. */
export const NO_TEXT: Omit<ComposeEnding, 'state'> = { text: null, warnings: [], isCut: false, newerMessage: false, problem: null, detail: null, retryAfter: null };
