-- The mail that a message came by is looked for before each automatic answer.
CREATE INDEX "inbound_mails_team_id_message_id_idx" ON "inbound_mails"("team_id", "message_id");
