import { z } from 'zod';
import { AGENT_KINDS } from './agent-kind.ts';
import { escalationForecast, whatIfEscalation } from './escalation-forecast.ts';
import { receiverUrl } from './receiver-url.ts';
import { body, line, optionalBody } from './text.ts';
import { actorView } from './views.ts';

// How an agent answers that Baton runs itself; an external one has nothing to set.

const at = z.iso.datetime();

const readsNotes = z.boolean().meta({ description: 'Whether the agent is shown your people’s notes (P39); they are never sent to the customer.' });

/** PUT replaces all of it; what belongs to another kind is kept for when that kind is chosen again. */
export const putAgentSetup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('external') }),
  z.strictObject({
    kind: z.literal('built_in'),
    instructions: optionalBody(20_000).default('').meta({ description: 'In plain words: who it is, what it may promise, what it must not.' }),
    model: line(200).nullable().default(null).meta({ description: 'null: the installation’s.' }),
    readsNotes: readsNotes.default(false),
  }),
  z.strictObject({ kind: z.literal('webhook'), url: receiverUrl, readsNotes: readsNotes.default(false) }),
]);
export type PutAgentSetup = z.infer<typeof putAgentSetup>;

export const agentSetupView = z.object({
  agentId: z.string(),
  version: z.int().meta({ description: '0: nothing was set yet.' }),
  kind: z.enum(AGENT_KINDS),
  instructions: z.string(),
  model: z.string().nullable(),
  readsNotes: z.boolean(),
  url: z.string().nullable(),
  hasSecret: z.boolean().meta({ description: 'A webhook agent is asked only once it has one.' }),
  oldSecretUntil: at.nullable().meta({ description: 'Until then the secret before the newest signs, too.' }),
  changedBy: actorView.nullable(),
  changedAt: at.nullable(),
});
export type AgentSetupView = z.infer<typeof agentSetupView>;

export const newAgentSecretView = z.object({ agentId: z.string(), secret: z.string().meta({ description: 'Shown this once.' }), oldSecretUntil: at.nullable() });
export type NewAgentSecretView = z.infer<typeof newAgentSecretView>;

export const MOST_KNOWLEDGE_TEXTS = 500;
export const knowledgeInput = z.strictObject({ title: line(200), text: body(100_000) });
export type KnowledgeInput = z.infer<typeof knowledgeInput>;

export const knowledgeRow = z.object({ id: z.string(), title: z.string(), length: z.int().meta({ description: 'Characters.' }), changedBy: actorView, changedAt: at });
export type KnowledgeRow = z.infer<typeof knowledgeRow>;
export const knowledgeView = knowledgeRow.extend({ text: z.string() });
export type KnowledgeView = z.infer<typeof knowledgeView>;

export const tryAgent = z.strictObject({
  question: body(2_000),
  at: whatIfEscalation.shape.at.meta({ description: 'When a hand-over would happen; left out: now. The answer itself is asked for now.' }),
});
export const triedView = z.object({
  text: z.string().meta({ description: 'What the customer would read; empty where there is no answer.' }),
  problem: z.string().nullable().meta({ description: 'Why there is none, or what of it would be refused.' }),
  lookedUp: z.array(z.object({ query: z.string(), found: z.array(z.string()).meta({ description: 'Titles.' }) })),
  cites: z.array(z.object({ title: z.string(), passage: z.string() })),
  escalation: z.object({ case: z.string().nullable(), reason: z.string() }).nullable().meta({ description: 'What it would hand to a person, and why.' }),
  forecast: escalationForecast.nullable().meta({ description: 'What would come of that; null where it hands nothing over.' }),
});
export type TriedView = z.infer<typeof triedView>;
/** What the agent itself says; what would come of it is no affair of whoever asks it. */
export type TriedAnswer = Omit<TriedView, 'forecast'>;
