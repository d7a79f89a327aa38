import { AGENT_KINDS } from '#workflows/contract/agent-kind.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';
import { instantIn } from './from-page.server.ts';

/** What the pages of AI agents can ask for, by intent. */
export async function agentCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  const text = (name: string) => textOf(form, name);
  const id = text('id');
  switch (intent) {
    case 'agent-new':
      return desk.createAgent({ name: text('name'), kind: kindIn(form) });
    case 'agent-name':
      return desk.changeAgent(id, { name: text('name') });
    case 'agent-setup':
      return desk.putAgentSetup(id, setupIn(form), Number(text('version')));
    case 'agent-secret':
      return desk.renewAgentSecret(id);
    case 'agent-try':
      return desk.tryAgent(id, { question: text('question'), ...whenIn(desk, form) });
    case 'agent-what-if':
      return desk.whatIfEscalation(id, { case: text('case') || null, channel: CHANNELS.find((one) => one === text('channel')), ...whenIn(desk, form) });
    case 'knowledge-read':
      return desk.knowledgeText(id, text('textId'));
    case 'knowledge-save': {
      const written = { title: text('title'), text: text('text') };
      return text('textId') === '' ? desk.createKnowledge(id, written) : desk.putKnowledge(id, text('textId'), written);
    }
    case 'knowledge-delete':
      return desk.deleteKnowledge(id, text('textId'));
    default:
      return unknownIntent(command);
  }
}

/** When it would happen, on the clocks of whoever asks; nothing: now. */
function whenIn({ me }: Command['desk'], form: FormData): { at?: string } {
  const when = textOf(form, 'when');
  return when === '' ? {} : { at: instantIn(me.zone, when) ?? when };
}

function kindIn(form: FormData) {
  return AGENT_KINDS.find((kind) => kind === textOf(form, 'kind')) ?? 'external';
}

function setupIn(form: FormData) {
  const kind = kindIn(form);
  const readsNotes = textOf(form, 'readsNotes') === 'yes';
  switch (kind) {
    case 'external':
      return { kind };
    case 'built_in':
      return { kind, instructions: textOf(form, 'instructions'), model: textOf(form, 'model').trim() || null, readsNotes };
    case 'webhook':
      return { kind, url: textOf(form, 'url'), readsNotes };
  }
}
