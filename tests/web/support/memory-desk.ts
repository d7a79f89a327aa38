import type { DraftView } from '#workflows/contract/draft-view.ts';
import type { Desk, Me } from '#workflows/contract/desk.ts';
import type { ConversationRow, EntryView, MessageView, TicketRow, TicketView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import { isActive, legalMoves } from '#workflows/domain/status.ts';
import type { Status } from '#workflows/domain/status.ts';

// A desk without a server, to look at pages while nothing else runs. Never shipped, and no proof of anything.

const NOW = Date.now();
const MIN = 60_000;
const at = (minutesAgo: number) => new Date(NOW - minutesAgo * MIN).toISOString();
const OPERATORS = ['Mia Berger', 'Tom Okafor', 'Ana Lindqvist', 'Victor Ray'];
const opId = (i: number) => `opr_0000000${i}`;
const AGENTS = [
  { id: 'agt_00000001', name: 'Shop assistant' },
  { id: 'agt_00000002', name: 'Billing bot' },
];
const SUBJECTS = [
  ['Jane Porter', 'Refund for order 48213', 'The blue jacket arrived torn at the left sleeve and I would like my money back, please.', 'email'],
  ['Kofi Mensah', 'Cannot log in since this morning', 'It says my password is wrong, but I changed it only yesterday.', 'live_chat'],
  ['Louise Dupont-Beauregard', 'Invoice shows the wrong company', 'Our accountant needs the invoice for March with our new address.', 'email'],
  ['Ravi Shah', 'Where is my parcel?', 'Tracking has not moved for six days. Is it lost?', 'whatsapp'],
  ['Elena Petrova', 'API answers 429 at ten requests a minute', 'Our plan says 600 a minute; since the 18th we are limited far earlier.', 'api'],
  ['Sam Carter', 'Change delivery address', 'I moved. Could you send it to the new place instead?', 'telegram'],
  ['Noor Haddad', 'Double charge on my card', 'I see two charges of 89.00 for one order.', 'email'],
  ['Yuki Tanaka', 'Size chart for boots', 'Do the boots run small? I am between two sizes.', 'live_chat'],
] as const;
const STATUS_CYCLE: Status[] = ['new', 'on_you', 'on_customer', 'on_hold', 'on_you', 'new', 'resolved', 'closed', 'cancelled'];

function message(position: number, more: Partial<MessageView> & Pick<MessageView, 'author' | 'by' | 'channel' | 'text'>, minutesAgo: number): MessageView {
  return {
    id: `msg_${String(position).padStart(8, '0')}${Math.random().toString(36).slice(2, 8)}`,
    position,
    kind: 'message',
    quoted: '',
    automatic: false,
    aiAssisted: false,
    createdAt: at(minutesAgo),
    releasedAt: at(minutesAgo),
    heldUntil: null,
    delivery: more.author === 'customer' ? null : 'sent',
    deliveryDetail: '',
    readAt: null,
    to: [],
    cc: [],
    attachments: [],
    cites: [],
    language: null,
    translation: null,
    source: null,
    ...more,
  };
}

interface Stored {
  view: TicketView;
  entries: EntryView[];
}

function makeTicket(i: number): Stored {
  const [name, subject, preview, channel] = SUBJECTS[i % SUBJECTS.length] ?? SUBJECTS[0];
  const status = STATUS_CYCLE[i % STATUS_CYCLE.length] ?? 'new';
  const agent = channel === 'email' && i % 3 === 0 ? null : (AGENTS[i % 2] ?? null);
  const assignee = i % 3 === 2 ? null : { id: opId(i % 4), name: OPERATORS[i % 4] ?? '' };
  const age = 12 + i * 47;
  const customer = { kind: 'requester', id: `req_0000000${i}`, name } as const;
  const bot = { kind: 'agent', id: agent?.id ?? null, name: agent?.name ?? 'Shop assistant' } as const;
  const mia = { kind: 'operator', id: opId(0), name: 'Mia Berger' } as const;
  const entries: EntryView[] = [];
  const ticketId = `tkt_${String(i).padStart(8, '0')}`;
  const add = (kind: string, actor: EntryView['actor'], minutesAgo: number, data: Record<string, unknown> = {}, text?: Partial<MessageView> & { text: string }) => {
    const position = entries.length + 1;
    const author = actor.kind === 'requester' ? 'customer' : actor.kind === 'agent' ? 'agent' : 'operator';
    entries.push({
      position,
      seq: position,
      ticketId,
      kind,
      actor,
      at: at(minutesAgo),
      data,
      message: text ? message(position, { author, by: actor, channel, ...text }, minutesAgo) : null,
    });
  };
  add('customer_wrote', customer, age, {}, { text: `Hello,\n\n${preview}\n\nOrder 48213, bought on 3 November. Photos: https://example.com/photos/48213\n\nBest,\n${name}`, attachments: [{ id: 'att_00000001', fileName: 'torn-sleeve.jpg', mediaType: 'image/jpeg', size: 482_113, url: '/attachments/att_00000001' }] });
  if (agent) {
    add('ai_answered', bot, age - 1, {}, { text: 'Hello! I am sorry to hear that. I can see your order. Would you like a refund or a replacement?' });
    add('customer_wrote', customer, age - 3, {}, { text: 'A refund, please. And I would like to talk to a person.' });
    add('escalated', bot, age - 3, { case: 'refund', reason: 'The customer asks for a refund and for a person', joined: false });
  }
  add('created', agent ? bot : customer, age - 3, { origin: agent ? 'escalation' : 'email', channel });
  add('assigned', mia, age - 5, { from: null, to: opId(0), how: 'by_hand' });
  add('priority_changed', mia, age - 5, { from: 'normal', to: 'high' });
  add('tags_changed', mia, age - 5, { added: ['refund'], removed: [] });
  add('status_changed', mia, age - 6, { from: 'new', to: 'on_you', cause: 'claimed' });
  add('noted', mia, age - 7, {}, { text: '@Tom Okafor the sleeve is clearly our packing. I would refund in full.', kind: 'note', delivery: null });
  add('taken_over', mia, age - 7, { from: null, forced: false });
  add('replied', mia, age - 8, {}, { text: `Hi ${name.split(' ')[0]},\n\nI am Mia, a person. The refund of 89.00 is on its way; it takes two to three days.\n\nMia`, quoted: `On 3 November ${name} wrote:\n> ${preview}`, ...(i % 4 === 3 && { delivery: 'failed' as const, deliveryDetail: '550 5.1.1 mailbox does not exist' }) });
  add('status_changed', mia, age - 8, { from: 'on_you', to: 'on_customer', cause: 'human_replied' });
  add('customer_wrote', customer, age - 10, {}, { text: 'Thank you, that was quick!' });
  const ai = agent === null ? 'off' : i % 2 === 0 ? 'paused' : 'replying';
  const view: TicketView = {
    id: ticketId,
    number: 1000 + i,
    subject,
    preview,
    status,
    priority: (['normal', 'high', 'normal', 'urgent', 'low'] as const)[i % 5] ?? 'normal',
    channel,
    origin: agent ? 'escalation' : 'email',
    agent,
    assignee,
    requester: { id: customer.id, name },
    tags: i % 2 ? ['refund', 'vip'] : ['shipping'],
    isUnread: i % 3 === 0,
    snoozedUntil: i === 4 ? at(-200) : null,
    isSnoozed: i === 4,
    createdAt: at(age),
    updatedAt: at(Math.max(0, age - 10)),
    conversationId: `cnv_${String(i).padStart(8, '0')}`,
    seq: entries.length,
    legalMoves: [...legalMoves(status)],
    ai: {
      state: ai,
      epoch: 3,
      pausedBy: ai === 'paused' ? { kind: 'operator', id: i % 4 === 0 ? opId(0) : opId(1), name: i % 4 === 0 ? 'Mia Berger' : 'Tom Okafor' } : null,
      reason: ai === 'paused' ? 'takeover' : null,
      since: ai === 'paused' ? at(14) : null,
      resumeAt: ai === 'paused' && i % 4 === 0 ? at(-9) : null,
    },
    isSendLocked: ai === 'replying',
    translates: true,
    requesterDetail: {
      id: customer.id,
      name,
      language: i % 2 ? 'fr' : 'en',
      languageSource: 'detected' as const,
      zone: i % 2 ? 'Europe/Paris' : 'America/New_York',
      addresses: [{ kind: 'email', value: `${name.split(' ')[0]?.toLowerCase() ?? 'x'}@customer.example`, verified: true }],
    },
    otherTickets: i % 2 ? [{ id: 'tkt_99999999', number: 412, subject: 'Voucher code does not work', status: 'closed' }] : [],
    linkedTicket: null,
    case: agent ? 'refund' : null,
    skills: agent ? ['billing'] : [],
    group: null,
    language: null,
    summary: agent
      ? { text: `${name} received a damaged jacket (order 48213) and asks for a refund of 89.00. The AI offered refund or replacement; they want the refund and a person.`, madeBy: i % 2 ? 'extract' : 'model', why: i % 2 ? 'No model endpoint is configured.' : null, at: at(age - 3), claims: null, newerMessages: null }
      : null,
    isSummaryOwed: false,
    csat: status === 'resolved' ? { score: 4, comment: 'Quick, and a person at last.', at: at(1) } : null,
    timers: [{ kind: 'auto_resume', at: at(-9) }, { kind: 'ladder', at: at(-5760) }],
    lastCustomerMessage: [...entries].reverse().find((entry) => entry.kind === 'customer_wrote')?.message?.id ?? null,
    policyVersion: '3',
    workflowId: `ticket:${ticketId}`,
    readPosition: i % 3 === 0 ? entries.length - 3 : entries.length,
  };
  return { view, entries };
}

const tickets = Array.from({ length: 64 }, (_, i) => makeTicket(i));
const NO_DRAFT: DraftView = { reply: '', note: '', attachments: { reply: [], note: [] } };
const drafts = new Map<string, DraftView>();
export const liveListeners = new Set<(event: Record<string, unknown>) => void>();
let cursor = 1;

/** Adds a message to a ticket as its customer, and tells the live stream. */
export function customerWrites(number: number, text: string): void {
  const stored = tickets.find(({ view }) => view.number === number);
  if (!stored) return;
  const position = stored.entries.length + 1;
  const by = { kind: 'requester', id: stored.view.requester.id, name: stored.view.requester.name } as const;
  const written = message(position, { author: 'customer', by, channel: stored.view.channel, text }, 0);
  stored.entries.push({ position, seq: position, ticketId: stored.view.id, kind: 'customer_wrote', actor: by, at: new Date().toISOString(), data: {}, message: written });
  stored.view = { ...stored.view, preview: text, isUnread: true, updatedAt: new Date().toISOString(), lastCustomerMessage: written.id };
  tell(stored);
}

function tell({ view }: Stored): void {
  cursor += 1;
  for (const listener of liveListeners) listener({ cursor, kind: 'ticket', ticketId: view.id, conversationId: view.conversationId });
}

export function memoryDesk(role: Me['role'] = 'admin'): Desk {
  const me: Me = {
    operatorId: opId(0),
    name: 'Mia Berger',
    email: 'mia@demo.example',
    role,
    zone: 'Europe/Berlin',
    locale: 'en-GB',
    languages: ['en-GB'],
    hasModel: false,
    team: { id: 'team_00000001', slug: 'demo', name: 'Northwind Outfitters', vocabulary: 'seven', isDemo: true, monthlyTokens: null },
  };
  const actor = { kind: 'operator', id: me.operatorId, name: me.name } as const;
  const find = (idOrNumber: string) => tickets.find(({ view }) => view.id === idOrNumber || String(view.number) === idOrNumber);
  const missing = refuse('not_found', 'Your team has no such ticket.');
  async function change(id: string, patch: (view: TicketView) => Partial<TicketView>, kind: string, data: Record<string, unknown>): Promise<Result<TicketView>> {
    const stored = find(id);
    if (!stored) return missing;
    stored.view = { ...stored.view, ...patch(stored.view), updatedAt: new Date().toISOString() };
    const position = stored.entries.length + 1;
    stored.entries.push({ position, seq: position, ticketId: stored.view.id, kind, actor, at: new Date().toISOString(), data, message: null });
    tell(stored);
    return ok(stored.view);
  }
  const write = (stored: Stored, kind: 'replied' | 'noted', more: Partial<MessageView> & { text: string }) => {
    const position = stored.entries.length + 1;
    const written = message(position, { author: 'operator', by: actor, channel: stored.view.channel, ...more }, 0);
    stored.entries.push({ position, seq: position, ticketId: stored.view.id, kind, actor, at: new Date().toISOString(), data: {}, message: written });
    tell(stored);
    return written;
  };
  const views: Record<string, (row: Omit<TicketRow, 'nextClock'>) => boolean> = {
    inbox: (row) => isActive(row.status) && row.assignee?.id === me.operatorId,
    mentions: (row) => row.number % 9 === 0,
    all: (row) => isActive(row.status),
    unassigned: (row) => isActive(row.status) && row.assignee === null,
    solved: (row) => !isActive(row.status),
  };
  const count = (view: string) => tickets.filter(({ view: row }) => views[view]?.(row)).length;
  const ofConversation = (id: string) => tickets.find(({ view }) => view.conversationId === id);
  const conversationRow = ({ view }: Stored): ConversationRow => ({
    id: view.conversationId,
    requester: view.requester,
    agent: view.agent,
    channel: view.channel,
    subject: view.subject,
    preview: view.preview,
    lastMessageAt: view.updatedAt,
    lastMessageAuthor: view.number % 2 ? 'agent' : 'customer',
    waitingSince: view.number % 2 ? null : view.updatedAt,
    flag: view.number === 1001 ? { at: view.updatedAt, reason: 'Angry customer' } : null,
    openTicket: isActive(view.status) ? { id: view.id, number: view.number } : null,
    createdAt: view.createdAt,
  });
  const policy = (scope: string) => ({
    scope,
    version: 3,
    overrides: scope === 'team' ? { reopenWindowDays: 7 } : { helpDesk: true, autoResumeMinutes: 30, handoverCases: [{ key: 'refund', when: 'They ask for their money back', action: 'escalate', priority: 'high', skills: ['billing'], group: null }, { key: 'parcel', when: 'They ask where their order is', action: 'never', priority: 'normal', skills: [], group: null }] },
    effective: { ...DEFAULT_POLICY, reopenWindowDays: 7, ...(scope !== 'team' && { helpDesk: true, autoResumeMinutes: 30, handoverCases: [{ key: 'refund', when: 'They ask for their money back', action: 'escalate', priority: 'high', skills: ['billing'], group: null }, { key: 'parcel', when: 'They ask where their order is', action: 'never', priority: 'normal', skills: [], group: null }] }) },
    inheritedFrom: Object.fromEntries(Object.keys(DEFAULT_POLICY).map((key) => [key, key === 'reopenWindowDays' ? 'team' : 'default'] as const)),
    changedBy: actor,
    changedAt: at(4_000),
  });
  const unbuilt = async () => refuse('unavailable', 'Temporal cannot be reached right now; nothing was lost. Try again in a moment.');
  return {
    me,
    counts: async () => ok({ inbox: count('inbox'), mentions: count('mentions'), all: count('all'), unassigned: count('unassigned'), solved: count('solved'), conversations: 6, unreadNotifications: 3 }),
    tickets: async (query) => {
      const wanted = (name: 'status' | 'priority' | 'channel' | 'tag' | 'assignee' | 'agent') => query[name]?.split(',');
      const rows = tickets
        .map(({ view }) => ({ ...view, nextClock: null }))
        .filter((row) => !query.view || views[query.view]?.(row))
        .filter((row) => !query.q || `#${row.number} ${row.subject} ${row.requester.name}`.toLowerCase().includes(query.q.toLowerCase()))
        .filter((row) => wanted('status')?.includes(row.status) ?? true)
        .filter((row) => wanted('priority')?.includes(row.priority) ?? true)
        .filter((row) => wanted('agent')?.includes(row.agent?.id ?? 'none') ?? true)
        .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
      const from = Number(query.cursor ?? 0);
      const limit = Number(query.limit ?? 50);
      return ok({ items: rows.slice(from, from + limit), next: rows.length > from + limit ? String(from + limit) : null });
    },
    ticket: async (id) => {
      const stored = find(id);
      return stored ? ok(stored.view) : missing;
    },
    ticketAssignment: async (id) => {
      const stored = find(id);
      if (!stored) return missing;
      const { assignee, createdAt } = stored.view;
      if (assignee !== null) return ok({ state: 'assigned', assignee, decision: { how: 'by_hand', by: actor, at: createdAt, explanation: null }, isPickedUp: true, pickUpAt: null, startsAt: null });
      return ok({ state: 'waiting', since: createdAt, reason: { why: 'manual' }, notPickedUp: 0, notPickedUpBy: [], isEscalated: false });
    },
    timeline: async (id) => {
      const stored = find(id);
      return stored ? ok({ items: stored.entries, next: null }) : missing;
    },
    conversations: async ({ agent, channel }) => {
      const rows = tickets.filter(({ view }) => view.agent).slice(0, 6).map(conversationRow);
      return ok({ items: rows.filter((row) => (agent?.split(',').includes(row.agent?.id ?? 'none') ?? true) && (channel?.split(',').includes(row.channel) ?? true)), next: null });
    },
    conversation: async (id) => {
      const stored = ofConversation(id);
      if (!stored) return missing;
      return ok({ ...conversationRow(stored), ai: stored.view.ai, mayReply: true, answerDue: false, lastCustomerMessage: null, needsEmail: false, messages: [], hasOlder: false, handBack: null });
    },
    conversationTimeline: async (id) => {
      const stored = ofConversation(id);
      return stored ? ok({ items: stored.entries, next: null }) : missing;
    },
    notifications: async () =>
      ok({
        items: ['mention', 'assigned', 'delivery_failed'].map((kind, i) => ({ id: `ntf_0000000${i}`, kind, actor: { kind: 'operator' as const, id: opId(i + 1), name: OPERATORS[i + 1] ?? '' }, ticket: { id: 'tkt_00000001', number: 1001 + i, subject: SUBJECTS[i + 1]?.[1] ?? '' }, webhook: null, at: at(i * 70 + 4), isRead: i === 2 })),
        next: null,
      }),
    operators: async () => ok(OPERATORS.map((name, i) => ({ id: opId(i), name, email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@demo.example`, role: (['admin', 'operator', 'operator', 'viewer'] as const)[i] ?? 'operator', signature: '', locale: 'en', isDisabled: false }))),
    agents: async () => ok(AGENTS.map((agent, i) => ({ ...agent, kind: 'external', helpDesk: i === 0, createdAt: at(9_000) }))),
    agentSetup: async () => missing,
    putAgentSetup: unbuilt,
    renewAgentSecret: unbuilt,
    tryAgent: unbuilt,
    whatIfEscalation: unbuilt,
    knowledge: async () => ok([]),
    knowledgeText: async () => missing,
    createKnowledge: unbuilt,
    putKnowledge: unbuilt,
    deleteKnowledge: unbuilt,
    tags: async () => ok(['billing', 'refund', 'shipping', 'vip']),
    draft: async (id) => ok(drafts.get(id) ?? NO_DRAFT),
    schedules: async () => ok([]),
    sla: async () => ok({ version: 0, policies: [], changedBy: null, changedAt: null }),
    putSla: async () => ok({ version: 1, policies: [], changedBy: null, changedAt: null }),
    settingsProgress: async () => ok({ openTickets: 0, following: 0, isDone: true }),
    requesters: async () => ok({ items: [], next: null }),
    requestersNamed: async () => ok([]),
    ticketClocks: async () => ok({ at: at(0), policy: null, schedule: null, clocks: [], alarms: [], next: null }),
    schedule: async () => missing,
    createSchedule: unbuilt,
    putSchedule: unbuilt,
    deleteSchedule: unbuilt,
    readHolidays: unbuilt,
    whatIfClock: unbuilt,
    whatIfSla: unbuilt,
    peopleTime: async () => ok([]),
    putShifts: unbuilt,
    putTimeOff: unbuilt,
    putOperatorRouting: unbuilt,
    groups: async () => ok([]),
    createGroup: unbuilt,
    changeGroup: unbuilt,
    deleteGroup: unbuilt,
    presences: async () => ok([]),
    presence: async () => ok({ operatorId: me.operatorId, name: me.name, manual: 'online', stayOnline: false, effective: 'online', reason: { why: 'set_by_hand' }, isConnected: true, backAt: null, changesAt: null }),
    setPresence: unbuilt,
    noteActivity: async () => ok(null),
    sayHere: async () => ok(null),
    createTicket: async () => refuse('invalid', 'body.requester.email: must be an e-mail address', { errors: [{ path: 'body.requester.email', message: 'must be an e-mail address like mia@example.com' }] }),
    changeTicket: async (id, input) => change(id, () => ({ ...(input.subject && { subject: input.subject }), ...(input.priority && { priority: input.priority }), ...(input.tags && { tags: input.tags }) }), input.priority ? 'priority_changed' : 'tags_changed', { to: input.priority ?? '', added: input.tags ?? [] }),
    translateFirstMessage: unbuilt,
    translateText: unbuilt,
    translateMessage: unbuilt,
    changeRequester: unbuilt,
    reply: async (id, input) => {
      const stored = find(id);
      if (!stored) return missing;
      if (stored.view.isSendLocked && !input.takeOver) return refuse('takeover_required', 'The AI is answering on this channel.');
      if (!input.force && input.lastSeenMessage !== stored.view.lastCustomerMessage) return refuse('newer_message', 'They wrote again.');
      const heldUntil = input.holdMs ? new Date(Date.now() + input.holdMs).toISOString() : null;
      const written = write(stored, 'replied', { text: input.text, delivery: 'pending', heldUntil });
      stored.view = { ...stored.view, isSendLocked: false, ai: input.takeOver ? { ...stored.view.ai, state: 'paused', pausedBy: actor, reason: 'reply', since: new Date().toISOString() } : stored.view.ai, status: input.status ?? 'on_customer', legalMoves: [...legalMoves(input.status ?? 'on_customer')] };
      return ok({ ticket: stored.view, message: written });
    },
    withdrawReply: async (id, messageId) => {
      const stored = find(id);
      if (!stored) return missing;
      stored.entries = stored.entries.map((entry) => (entry.message?.id === messageId ? { ...entry, message: { ...entry.message, delivery: 'cancelled' as const, heldUntil: null } } : entry));
      tell(stored);
      return ok(stored.view);
    },
    retryDelivery: unbuilt,
    note: async (id, input) => {
      const stored = find(id);
      if (!stored) return missing;
      write(stored, 'noted', { text: input.text, kind: 'note', delivery: null });
      return ok(stored.view);
    },
    setStatus: async (id, { status }) => change(id, () => ({ status, legalMoves: [...legalMoves(status)] }), 'status_changed', { to: status, cause: 'by_hand' }),
    assign: async (id, { assignee }) => change(id, () => ({ assignee: assignee ? { id: assignee, name: OPERATORS[Number(assignee.slice(-1))] ?? '' } : null }), 'assigned', { to: assignee, how: 'by_hand' }),
    claim: async (id) => change(id, () => ({ status: 'on_you', assignee: { id: me.operatorId, name: me.name }, legalMoves: [...legalMoves('on_you')] }), 'assigned', { to: me.operatorId, how: 'claimed' }),
    snooze: async (id, { until }) => change(id, () => ({ isSnoozed: true, snoozedUntil: until }), 'snoozed', { until }),
    refreshSummary: async (id) => change(id, () => ({}), 'summary_asked', {}),
    compose: unbuilt,
    stopCompose: unbuilt,
    model: unbuilt,
    putModel: unbuilt,
    testModel: unbuilt,
    modelUsage: unbuilt,
    unsnooze: async (id) => change(id, () => ({ isSnoozed: false, snoozedUntil: null }), 'woke', { cause: 'by_hand' }),
    takeOver: async (id, input) => {
      const stored = ofConversation(id);
      if (!stored) return missing;
      if (!input.force && stored.view.ai.state === 'paused') return refuse('already_taken', 'Already taken by Tom Okafor.', { holder: { id: opId(1), name: 'Tom Okafor' } });
      return change(stored.view.id, (view) => ({ isSendLocked: false, status: 'on_you', legalMoves: [...legalMoves('on_you')], ai: { ...view.ai, state: 'paused', pausedBy: actor, reason: 'takeover', since: new Date().toISOString(), resumeAt: new Date(Date.now() + 30 * MIN).toISOString() } }), 'taken_over', { forced: input.force ?? false });
    },
    resumeAi: async (id) => change(ofConversation(id)?.view.id ?? '', (view) => ({ isSendLocked: true, ai: { ...view.ai, state: 'replying', pausedBy: null, since: null, resumeAt: null } }), 'ai_resumed', { cause: 'by_hand' }),
    extendPause: async (id, { minutes }) => change(ofConversation(id)?.view.id ?? '', (view) => ({ ai: { ...view.ai, resumeAt: new Date(Date.parse(view.ai.resumeAt ?? at(0)) + minutes * MIN).toISOString() } }), 'pause_extended', {}),
    markRead: async (id, position) => {
      const stored = find(id);
      if (stored) stored.view = { ...stored.view, readPosition: position, isUnread: false };
      return ok(null);
    },
    markMentionDone: async () => ok(null),
    markNotificationsRead: async () => ok(null),
    saveDraft: async (id, { kind, text }) => {
      drafts.set(id, { ...(drafts.get(id) ?? NO_DRAFT), [kind]: text });
      return ok(null);
    },
    team: async () => ok(me.team),
    changeTeam: async () => ok(me.team),
    policy: async (scope) => ok(policy(scope)),
    policyVersions: async (scope) => ok([policy(scope), { ...policy(scope), version: 2, overrides: { helpDesk: true } }, { ...policy(scope), version: 1, overrides: {} }]),
    putPolicy: async (scope) => ok({ ...policy(scope), version: 4 }),
    createAgent: unbuilt,
    changeAgent: unbuilt,
    addresses: async () => ok([{ id: 'adr_00000001', address: 'support@baton.localhost', agentId: null, fromName: 'Northwind', signature: '', isDefault: true }, { id: 'adr_00000002', address: 'shop@baton.localhost', agentId: AGENTS[0]?.id ?? null, fromName: 'Northwind Shop', signature: '', isDefault: false }]),
    createAddress: unbuilt,
    changeAddress: unbuilt,
    deleteAddress: unbuilt,
    createTag: async () => ok([]),
    deleteTag: async () => ok([]),
    keys: async () => ok([{ id: 'key_00000001', name: 'Shop assistant in production', role: 'agent', agentId: AGENTS[0]?.id ?? null, prefix: 'bt_4kQ9', createdAt: at(9_000), lastUsedAt: at(3), revokedAt: null }]),
    createKey: async () => ok({ id: 'key_00000002', name: 'x', role: 'admin', agentId: null, prefix: 'bt_9fA1', createdAt: at(0), lastUsedAt: null, revokedAt: null, key: 'bt_9fA1_secretsecretsecret' }),
    revokeKey: async () => ok(null),
    invite: async () => ok({ invitation: { id: 'inv_00000001', email: 'x@y.z', name: 'X', role: 'operator', expiresAt: at(-9_000) }, link: 'http://localhost:4000/invitations/abc' }),
    invitations: async () => ok([]),
    demoCustomerWidget: async () => missing,
    widgets: async () => ok([]),
    widget: async () => missing,
    createWidget: unbuilt,
    putWidget: unbuilt,
    deleteWidget: unbuilt,
    rotateIdentitySecret: unbuilt,
    webhooks: async () => ok([]),
    webhook: async () => missing,
    createWebhook: unbuilt,
    changeWebhook: unbuilt,
    deleteWebhook: unbuilt,
    rotateWebhookSecret: unbuilt,
    testWebhook: unbuilt,
    webhookDeliveries: async () => ok({ items: [], next: null }),
    webhookDelivery: async () => missing,
    resendWebhook: unbuilt,
    changeOperator: unbuilt,
    inboundMails: async () =>
      ok({
        items: (['accepted', 'quarantined', 'automated', 'bounce'] as const).map((verdict, i) => ({ id: `mail_0000000${i}`, receivedAt: at(i * 33), messageId: `<${i}@customer.example>`, from: SUBJECTS[i]?.[0] ?? '', to: ['support@baton.localhost'], subject: SUBJECTS[i]?.[1] ?? '', size: 4_000, verdict, reason: verdict === 'quarantined' ? 'the sender is not known to this thread' : '', threadedBy: null, repeats: i, conversationId: null, ticket: i === 0 ? { id: 'tkt_00000001', number: 1001 } : null, resolution: null })),
        next: null,
      }),
    resolveQuarantine: unbuilt,
    localMailbox: async () => ok({ enabled: true, mails: [{ id: 'mail_00000001', at: at(3), from: 'Mia Berger <support@baton.localhost>', to: ['jane@customer.example'], subject: 'Re: Refund for order 48213', text: 'Hi Jane,\n\nthe refund is on its way.\n\nMia' }] }),
    demoCustomerSays: unbuilt,
    demoCustomerSees: unbuilt,
    demoCustomerMail: async () => ok(null),
  };
}
