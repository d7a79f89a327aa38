import type { McpTool } from './tool.ts';
import { addNote } from './tools/add-note.ts';
import { escalate } from './tools/escalate.ts';
import { getConversation } from './tools/get-conversation.ts';
import { getTicket } from './tools/get-ticket.ts';
import { mayIReply } from './tools/may-i-reply.ts';
import { reply } from './tools/reply.ts';
import { resume } from './tools/resume.ts';
import { searchTickets } from './tools/search-tickets.ts';
import { setStatus } from './tools/set-status.ts';

/** Every tool, in the order in which an agent comes to need them. */
export const ALL_TOOLS: readonly McpTool[] = [getConversation, mayIReply, reply, escalate, resume, addNote, searchTickets, getTicket, setStatus];
