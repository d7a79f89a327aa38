import { z } from 'zod';
import type { Passage } from '#store/ai-agents/look-up.ts';
import type { Escalation } from '#store/ai-agents/answers.ts';
import { inWords, problemsIn } from '#workflows/contract/issue-words.ts';
import { body, line, slug } from '#workflows/contract/text.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { ToolCall, ToolOffered } from '../llm/llm.ts';

// Strict: a field that is not offered (another conversation, a policy) refuses the whole call, and so does text that
// PostgreSQL cannot hold: a query that threw would have the model asked anew.
const lookUp = z.strictObject({ query: body(500) });
const escalate = z.strictObject({ case: slug.nullish(), reason: line(500) });

/** What the tools act on: the turn's own conversation, and nothing that a model could name. */
export interface ToolWorld {
  readonly helpDesk: boolean;
  readonly find: (query: string) => Promise<readonly Passage[]>;
  /** The policy's word on an escalation; null: it may be. */
  readonly judge: (asked: Escalation) => Promise<Refusal | null>;
}

/** What the tools of one turn have come to. */
export class ToolBox {
  /** Numbered from 1, as the model cites them. */
  readonly passages: Passage[] = [];
  readonly lookedUp: { readonly query: string; readonly found: readonly string[] }[] = [];
  escalation: Escalation | null = null;
  private readonly world: ToolWorld;

  constructor(world: ToolWorld) {
    this.world = world;
  }

  /** P57: where the help desk is off nobody can be escalated to, and no tool says otherwise. */
  offered(): readonly ToolOffered[] {
    const find = { name: 'look_up', description: 'Searches the company’s knowledge. Answers with numbered passages, or says that nothing was found.', parameters: schemaOf(lookUp) };
    const hand = { name: 'escalate', description: 'Hands this conversation to a human colleague.', parameters: schemaOf(escalate) };
    return this.world.helpDesk ? [find, hand] : [find];
  }

  /** Carries a call out, or says what is wrong with it: a model reads that and may do better. Never throws for what a model wrote. */
  async carryOut({ name, input }: ToolCall): Promise<string> {
    switch (name) {
      case 'look_up': {
        const asked = parsed(lookUp, input);
        return typeof asked === 'string' ? asked : this.lookUp(asked.query);
      }
      case 'escalate': {
        if (!this.world.helpDesk) return REFUSED_TOOL;
        const asked = parsed(escalate, input);
        return typeof asked === 'string' ? asked : this.escalate({ case: asked.case ?? null, reason: asked.reason });
      }
      default:
        return REFUSED_TOOL;
    }
  }

  private async lookUp(query: string): Promise<string> {
    const found = await this.world.find(query);
    this.lookedUp.push({ query, found: found.map(({ title }) => title) });
    if (found.length === 0) return 'Nothing was found. Say that you do not know, try other words, or hand over.';
    return found.map((passage) => `[${this.numberOf(passage)}] ${passage.title}\n${passage.passage}`).join('\n\n');
  }

  private numberOf(passage: Passage): number {
    const known = this.passages.findIndex(({ textId, place }) => textId === passage.textId && place === passage.place);
    if (known >= 0) return known + 1;
    return this.passages.push(passage);
  }

  private async escalate(asked: Escalation): Promise<string> {
    if (this.escalation !== null) return 'It is being handed over already. Tell the customer now.';
    const refusal = await this.world.judge(asked);
    if (refusal !== null) return `Refused: ${refusal.detail}`;
    this.escalation = asked;
    return 'A colleague will get this conversation. Now write to the customer that they will be answered here.';
  }
}

const REFUSED_TOOL = 'Refused: there is no such tool.';

/** The input, or what is wrong with it in words. */
function parsed<T extends z.ZodType>(schema: T, input: string): z.output<T> | string {
  let given: unknown;
  try {
    given = JSON.parse(input);
  } catch {
    return 'Refused: the arguments are no JSON.';
  }
  const result = schema.safeParse(given, { error: inWords });
  return result.success ? result.data : `Refused: ${problemsIn(result.error, 'the arguments')}`;
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  return { ...z.toJSONSchema(schema, { io: 'input' }) };
}
