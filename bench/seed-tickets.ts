import type pg from 'pg';

/**
 * Rows as `project` writes them, `count` tickets for one team, by SQL: 2 % active (as in a desk that keeps up), the
 * rest finished, each with its conversation, requester, SLA ledger, one message and one timeline entry. Counters are set to match.
 */
export async function seedTickets(db: pg.ClientBase, { teamId, operatorIds, count, version = 't0.a0' }: { teamId: string; operatorIds: readonly string[]; count: number; /** Of the settings that they follow. */ version?: string }): Promise<void> {
  const prefix = teamId.slice(-6);
  const run = (sql: string, values: unknown[] = []) => db.query(sql, values);
  await run(`CREATE TEMP TABLE seed AS SELECT i, '${prefix}' || lpad(i::text, 12, '0') AS tail,
    CASE WHEN i % 50 = 0 THEN (ARRAY['new','on_you','on_customer','on_hold'])[1 + (i / 50) % 4] ELSE (ARRAY['resolved','closed','closed','cancelled'])[1 + i % 4] END AS status,
    now() - ((${count} - i) || ' seconds')::interval AS at FROM generate_series(1, ${count}) AS i`);
  await run(`INSERT INTO requesters (id, team_id, name, created_at) SELECT 'req_' || tail, $1, 'Customer ' || i, at FROM seed`, [teamId]);
  await run(
    `INSERT INTO conversations (id, team_id, channel, requester_id, subject, next_position, mode, generation, last_message_at, last_message_preview, last_message_author,
       open_ticket_id, has_active_ticket, last_ticket_id, created_at)
     SELECT 'cnv_' || tail, $1, 'email', 'req_' || tail, 'Order ' || i, 3, '{"kind":"replying"}', 1, at, 'Where is my order ' || i || '?', 'customer',
       CASE WHEN i % 50 = 0 THEN 'tkt_' || tail END, i % 50 = 0, 'tkt_' || tail, at FROM seed`,
    [teamId],
  );
  await run(
    `INSERT INTO messages (id, team_id, conversation_id, position, ticket_id, author, author_id, channel, text, created_at, accepted_at, released_at, handed_at, search)
     SELECT 'msg_' || tail, $1, 'cnv_' || tail, 1, 'tkt_' || tail, 'customer', 'req_' || tail, 'email', 'Where is my order ' || i || '?', at, at, at, at,
       to_tsvector('simple', 'Where is my order ' || i) FROM seed`,
    [teamId],
  );
  await run(
    `INSERT INTO timeline (conversation_id, position, team_id, ticket_id, seq, kind, actor, at, data)
     SELECT 'cnv_' || tail, 2, $1, 'tkt_' || tail, 1, 'created', '{"kind":"baton"}', at, '{"origin":"email","channel":"email"}' FROM seed`,
    [teamId],
  );
  await run(
    `INSERT INTO tickets (id, team_id, number, conversation_id, generation, last_seq, state, status, is_active, priority, assignee_id, origin, channel, requester_id,
       requester_name, subject, preview, tags, created_at, updated_at, search)
     SELECT 'tkt_' || tail, $1, i, 'cnv_' || tail, 1, 1, ${STATE}, status, i % 50 = 0, (ARRAY['low','normal','normal','high','urgent'])[1 + i % 5],
       CASE WHEN i % 3 = 0 THEN NULL ELSE ($2::text[])[1 + i % ${operatorIds.length}] END, 'email', 'email', 'req_' || tail, 'Customer ' || i, 'Order ' || i,
       'Where is my order ' || i || '?', CASE WHEN i % 7 = 0 THEN '{vip}' ELSE '{}' END::text[], at, at, to_tsvector('simple', 'Order ' || i || ' Customer ' || i) FROM seed`,
    [teamId, operatorIds, version],
  );
  await run('UPDATE teams SET next_number = $2 WHERE id = $1', [teamId, count + 1]);
  await run(
    `INSERT INTO counters (team_id, key, n) SELECT $1, key, count(*) FROM (
       SELECT CASE WHEN NOT is_active THEN 'solved' ELSE 'active' END AS key FROM tickets WHERE team_id = $1
       UNION ALL SELECT coalesce('inbox:' || assignee_id, 'unassigned') FROM tickets WHERE team_id = $1 AND is_active
       UNION ALL SELECT 'follows::' || $2 FROM tickets WHERE team_id = $1 AND status NOT IN ('closed', 'cancelled')) AS k GROUP BY key
     ON CONFLICT (team_id, key) DO UPDATE SET n = excluded.n`,
    [teamId, version],
  );
  await run('DROP TABLE seed');
  await run('ANALYZE');
}

const AT_MS = `extract(epoch FROM at)::bigint * 1000`;
const RUN = (kind: string) => `jsonb_build_object('kind', '${kind}', 'round', 1, 'startedAt', ${AT_MS}, 'isWarned', false, 'breach', NULL, 'settled', NULL,
  'ended', CASE WHEN i % 50 = 0 THEN 'null'::jsonb ELSE jsonb_build_object('at', ${AT_MS} + 60000, 'by', 'finish') END)`;
const LEDGER = `jsonb_build_object('revision', 1, 'createdAt', ${AT_MS}, 'lastAt', ${AT_MS}, 'folded', NULL, 'spans', jsonb_build_array(jsonb_build_array('us', ${AT_MS})), 'hasUnanswered', false,
  'runs', jsonb_build_array(${RUN('first_reply')}, ${RUN('resolution')}), 'measured', NULL)`;

// The stored state of a ticket that was born by mail and never touched; what the ticket page derives timers from.
const STATE = `jsonb_build_object('ticketId', 'tkt_' || tail, 'teamId', $1::text, 'conversationId', 'cnv_' || tail, 'generation', 1, 'requesterId', 'req_' || tail,
  'agentId', NULL, 'channel', 'email', 'origin', 'email', 'linkedTicketId', NULL, 'subject', 'Order ' || i, 'status', status,
  'statusSince', extract(epoch FROM at)::bigint * 1000, 'priority', 'normal', 'tags', '[]'::jsonb, 'case', NULL, 'skills', '[]'::jsonb, 'group', NULL,
  'assigneeId', NULL, 'assignmentEpoch', 0, 'isPickedUp', false, 'mode', '{"kind":"replying"}'::jsonb, 'modeSeq', 0, 'lastHumanMessageAt', NULL,
  'lastCustomerMessageId', 'msg_' || tail, 'lastCustomerPosition', 1, 'unanswered', NULL, 'turnSince', NULL, 'snooze', NULL, 'ladder', NULL,
  'held', '{}'::jsonb, 'deliveries', '{}'::jsonb, 'owesSummary', false, 'summary', NULL, 'automaticAt', '[]'::jsonb, 'lastHoldingAt', NULL, 'seq', 1)
  || jsonb_build_object('createdAt', extract(epoch FROM at)::bigint * 1000, 'updatedAt', extract(epoch FROM at)::bigint * 1000, 'policyVersion', $3::text, 'recent', '[]'::jsonb)
  || jsonb_build_object('sla', ${LEDGER})`;
