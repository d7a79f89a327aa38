-- The turns of one agent, the longest waiting first: an external agent asks for them at every event and every heartbeat.
CREATE INDEX "conversations_team_id_agent_id_is_paused_unanswered_since_idx" ON "conversations"("team_id", "agent_id", "is_paused", "unanswered_since");
