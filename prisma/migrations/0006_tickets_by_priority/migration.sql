-- A list of one priority, in its order: without it the rarest cost a look at every active ticket.
CREATE INDEX "tickets_team_id_is_active_priority_updated_at_id_idx" ON "tickets"("team_id", "is_active", "priority", "updated_at" DESC, "id");
