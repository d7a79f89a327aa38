import { createConversation as createConversationInput, escalate as escalateInput, extendPause as extendPauseInput, pauseAi as pauseAiInput, postMessage as postMessageInput, resumeAi as resumeAiInput, takeOver as takeOverInput, tellTyping as tellTypingInput } from '#workflows/contract/commands.ts';
import { idOf } from '#workflows/contract/ids.ts';
import { conversationQuery, listConversations, timelineQuery } from '#workflows/contract/queries.ts';
import { translateMessage as translateMessageInput, translationView } from '#workflows/contract/translation.ts';
import { conversationRow, conversationView, entryView, messageView, pageOf, ticketView } from '#workflows/contract/views.ts';
import { createConversation } from '../conversations/create-conversation.ts';
import { escalate } from '../conversations/escalate.ts';
import { pauseConversation } from '../conversations/pause-ai.ts';
import { postMessage } from '../conversations/post-message.ts';
import { extendPause, resumeConversation } from '../conversations/resume-ai.ts';
import { takeOver } from '../conversations/take-over.ts';
import { tellTyping } from '../conversations/tell-typing.ts';
import { route } from '../http/route.ts';
import { conversation } from '../queries/conversation.ts';
import { conversations } from '../queries/conversations.ts';
import { conversationTimeline } from '../queries/timeline.ts';
import { translateMessage } from '../translation/translate-message.ts';
import { ofConversation } from './ticket-params.ts';

const tag = 'Conversations';

export const conversationRoutes = [
  route({
    method: 'get', path: '/conversations', name: 'listConversations', tag, who: 'agent_or_reader',
    summary: 'Conversations: the live ones, all, or those that an agent is to answer',
    query: listConversations, answer: pageOf(conversationRow),
    run: (deps, { principal, query }) => conversations(deps, principal, query),
  }),
  route({
    method: 'post', path: '/conversations', name: 'createConversation', tag, who: 'agent_or_writer', derivesFromKey: true, status: 201,
    summary: 'Begin a conversation with a requester',
    body: createConversationInput, answer: conversationView,
    refusals: ['busy'],
    run: (deps, { principal, body, key }) => createConversation(deps, principal, body, key),
  }),
  route({
    method: 'get', path: '/conversations/{conversationId}', name: 'getConversation', tag, who: 'agent_or_reader',
    summary: 'AI mode, epoch, messages and the hand-back marker',
    description: 'What a key reads here counts as delivered on channels other than mail.',
    params: ofConversation, query: conversationQuery, answer: conversationView,
    refusals: ['not_found'],
    run: (deps, { principal, params, query }) => conversation(deps, principal, params.conversationId, query),
  }),
  route({
    method: 'get', path: '/conversations/{conversationId}/timeline', name: 'getConversationTimeline', tag, who: 'reader',
    summary: 'Everything that happened in a conversation, over all its tickets',
    params: ofConversation, query: timelineQuery, answer: pageOf(entryView),
    refusals: ['not_found'],
    run: (deps, { principal, params, query }) => conversationTimeline(deps, principal, params.conversationId, query),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/messages', name: 'postMessage', tag, who: 'agent_or_writer', derivesFromKey: true, status: 201, commitsFirst: true,
    summary: 'Add what the customer said, or answer as the agent',
    description: 'An agent’s answer carries the epoch and the last customer message it has read; a stale one is refused and never reaches the customer. A customer’s message is taken in conversations that were begun by API; by mail and in a web chat they speak for themselves (403 `forbidden`).',
    params: ofConversation, body: postMessageInput, answer: messageView,
    refusals: ['not_found', 'ai_paused', 'stale_epoch', 'newer_message', 'busy'],
    run: (deps, { principal, params, body, key }) => postMessage(deps, principal, params.conversationId, body, key),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/typing', name: 'tellTyping', tag, who: 'agent_or_writer',
    summary: 'Say that the agent is writing',
    description: 'The customer’s web chat and whoever reads along show it for 6 s, or until the answer is there. For the agent’s own key; nothing is kept.',
    params: ofConversation, body: tellTypingInput,
    refusals: ['not_found', 'ai_paused'],
    run: (deps, { principal, params, body }) => tellTyping(deps, principal, params.conversationId, body),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/messages/{messageId}/translate', name: 'translateMessage', tag, who: 'reader',
    summary: 'Have a customer’s message, or the AI’s, translated, once for the whole team',
    description: '`pending` until it is there: read the timeline with `translate`, or ask again. What failed is tried once more with `again`.',
    params: ofConversation.extend({ messageId: idOf('message') }), body: translateMessageInput, answer: translationView,
    refusals: ['not_found', 'no_model', 'translation_off'],
    run: (deps, { principal, params, body }) => translateMessage(deps, principal, params, body),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/escalate', name: 'escalate', tag, who: 'agent_or_writer', derivesFromKey: true,
    summary: 'Make a ticket of it, or join the open one',
    description: 'What is said of `skills`, `group` and `language` goes before the handover case, and onto an open ticket that is joined.',
    params: ofConversation, body: escalateInput, answer: conversationView,
    refusals: ['not_found', 'help_desk_off', 'case_not_escalated', 'no_agent', 'busy'],
    run: (deps, { principal, params, body, key }) => escalate(deps, principal, params.conversationId, body, key),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/takeover', name: 'takeOver', tag, who: 'writer', derivesFromKey: true,
    summary: 'Silence the AI and take the conversation',
    description: 'Once it is answered, no AI message reaches the customer. The second of two takers is refused with the holder, and may force it.',
    params: ofConversation, body: takeOverInput, answer: ticketView,
    refusals: ['not_found', 'already_taken', 'ticket_finished', 'busy'],
    run: (deps, { principal, params, body, key }) => takeOver(deps, principal, params.conversationId, body, key),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/pause', name: 'pauseAi', tag, who: 'agent_or_writer', derivesFromKey: true,
    summary: 'Pause the AI; makes sure that there is a ticket',
    params: ofConversation, body: pauseAiInput, answer: conversationView,
    refusals: ['not_found', 'no_agent', 'ticket_finished', 'busy'],
    run: (deps, { principal, params, body, key }) => pauseConversation(deps, principal, params.conversationId, body, key),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/resume', name: 'resumeAi', tag, who: 'agent_or_writer', derivesFromKey: true,
    summary: 'Allow AI replies again',
    description: 'An agent key ends only a pause made by itself or by its policy.',
    params: ofConversation, body: resumeAiInput, answer: conversationView,
    refusals: ['not_found', 'human_pause', 'not_paused', 'busy'],
    run: (deps, { principal, params, body, key }) => resumeConversation(deps, principal, params.conversationId, body, key),
  }),
  route({
    method: 'post', path: '/conversations/{conversationId}/extend', name: 'extendPause', tag, who: 'writer', derivesFromKey: true,
    summary: 'Let the AI wait longer before it resumes by itself',
    params: ofConversation, body: extendPauseInput, answer: ticketView,
    refusals: ['not_found', 'not_paused', 'no_auto_resume', 'busy'],
    run: (deps, { principal, params, body, key }) => extendPause(deps, principal, params.conversationId, body, key),
  }),
];
