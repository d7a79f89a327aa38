-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "teams" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "vocabulary" TEXT NOT NULL DEFAULT 'seven',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "next_number" INTEGER NOT NULL DEFAULT 1,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operators" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "signature" TEXT NOT NULL DEFAULT '',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "zone" TEXT NOT NULL DEFAULT 'UTC',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "operators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agents" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'external',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "addresses" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "address" TEXT NOT NULL,
    "from_name" TEXT NOT NULL DEFAULT '',
    "signature" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_versions" (
    "team_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "changed_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("team_id","scope","version")
);

-- CreateTable
CREATE TABLE "tags" (
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("team_id","name")
);

-- CreateTable
CREATE TABLE "secrets" (
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("team_id","name")
);

-- CreateTable
CREATE TABLE "requesters" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,
    "zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "requesters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requester_addresses" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "requester_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "requester_addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversations" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "agent_id" TEXT,
    "requester_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "address_id" TEXT,
    "next_position" INTEGER NOT NULL DEFAULT 1,
    "mode" JSONB NOT NULL DEFAULT '{"kind":"replying"}',
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "mode_generation" INTEGER NOT NULL DEFAULT 0,
    "mode_seq" INTEGER NOT NULL DEFAULT 0,
    "discards" INTEGER NOT NULL DEFAULT 0,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "open_ticket_id" TEXT,
    "has_active_ticket" BOOLEAN NOT NULL DEFAULT false,
    "last_ticket_id" TEXT,
    "flagged_at" TIMESTAMPTZ(3),
    "flag_reason" TEXT,
    "last_message_at" TIMESTAMPTZ(3),
    "last_message_preview" TEXT NOT NULL DEFAULT '',
    "last_message_author" TEXT,
    "last_customer_message_id" TEXT,
    "unanswered_since" TIMESTAMPTZ(3),
    "in_view" BOOLEAN NOT NULL DEFAULT false,
    "view_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "generations" (
    "conversation_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "command" JSONB NOT NULL,
    "update_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "generations_pkey" PRIMARY KEY ("conversation_id","generation")
);

-- CreateTable
CREATE TABLE "tickets" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "is_snoozed" BOOLEAN NOT NULL DEFAULT false,
    "priority" TEXT NOT NULL,
    "assignee_id" TEXT,
    "origin" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "agent_id" TEXT,
    "requester_id" TEXT NOT NULL,
    "requester_name" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL,
    "preview" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "search" tsvector,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timeline" (
    "conversation_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "ticket_id" TEXT,
    "seq" INTEGER,
    "key" TEXT,
    "kind" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,
    "message_id" TEXT,
    "digest" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "timeline_pkey" PRIMARY KEY ("conversation_id","position")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "ticket_id" TEXT,
    "kind" TEXT NOT NULL DEFAULT 'message',
    "author" TEXT NOT NULL,
    "author_id" TEXT,
    "channel" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "quoted" TEXT NOT NULL DEFAULT '',
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),
    "delivery" TEXT,
    "delivery_detail" TEXT NOT NULL DEFAULT '',
    "delivered_at" TIMESTAMPTZ(3),
    "epoch" INTEGER,
    "last_seen_message_id" TEXT,
    "handed_at" TIMESTAMPTZ(3),
    "mail_to" TEXT[],
    "mail_cc" TEXT[],
    "header_id" TEXT,
    "search" tsvector,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_ids" (
    "team_id" TEXT NOT NULL,
    "header_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,

    CONSTRAINT "mail_ids_pkey" PRIMARY KEY ("team_id","header_id")
);

-- CreateTable
CREATE TABLE "send_attempts" (
    "message_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "response" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "send_attempts_pkey" PRIMARY KEY ("message_id","attempt")
);

-- CreateTable
CREATE TABLE "ai_claims" (
    "message_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "ai_claims_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "inbound_mails" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "address_id" TEXT,
    "envelope_from" TEXT NOT NULL,
    "envelope_to" TEXT[],
    "from_address" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL DEFAULT '',
    "header_id" TEXT,
    "size" INTEGER NOT NULL DEFAULT 0,
    "raw_key" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "verdict" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "threaded_by" TEXT,
    "conversation_id" TEXT,
    "ticket_id" TEXT,
    "message_id" TEXT,
    "requester_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "resolution" JSONB,

    CONSTRAINT "inbound_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "conversation_id" TEXT,
    "message_id" TEXT,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counters" (
    "team_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "n" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "counters_pkey" PRIMARY KEY ("team_id","key")
);

-- CreateTable
CREATE TABLE "team_events" (
    "team_id" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "ticket_id" TEXT,
    "conversation_id" TEXT,
    "operator_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_events_pkey" PRIMARY KEY ("team_id","cursor")
);

-- CreateTable
CREATE TABLE "drafts" (
    "team_id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("operator_id","ticket_id","kind")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "actor" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mentions" (
    "team_id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "mentions_pkey" PRIMARY KEY ("operator_id","ticket_id")
);

-- CreateTable
CREATE TABLE "read_marks" (
    "team_id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "read_marks_pkey" PRIMARY KEY ("operator_id","ticket_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "teams_slug_key" ON "teams"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE INDEX "operators_user_id_idx" ON "operators"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "operators_team_id_user_id_key" ON "operators"("team_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_team_id_idx" ON "invitations"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_team_id_idx" ON "api_keys"("team_id");

-- CreateIndex
CREATE INDEX "agents_team_id_idx" ON "agents"("team_id");

-- CreateIndex
CREATE UNIQUE INDEX "addresses_address_key" ON "addresses"("address");

-- CreateIndex
CREATE INDEX "addresses_team_id_idx" ON "addresses"("team_id");

-- CreateIndex
CREATE INDEX "requesters_team_id_created_at_id_idx" ON "requesters"("team_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "requester_addresses_team_id_kind_value_idx" ON "requester_addresses"("team_id", "kind", "value");

-- CreateIndex
CREATE INDEX "requester_addresses_requester_id_idx" ON "requester_addresses"("requester_id");

-- CreateIndex
CREATE INDEX "conversations_team_id_in_view_last_message_at_id_idx" ON "conversations"("team_id", "in_view", "last_message_at" DESC, "id");

-- CreateIndex
CREATE INDEX "conversations_in_view_view_until_idx" ON "conversations"("in_view", "view_until");

-- CreateIndex
CREATE INDEX "conversations_team_id_requester_id_idx" ON "conversations"("team_id", "requester_id");

-- CreateIndex
CREATE INDEX "conversations_team_id_created_at_id_idx" ON "conversations"("team_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "generations_state_created_at_idx" ON "generations"("state", "created_at");

-- CreateIndex
CREATE INDEX "generations_ticket_id_idx" ON "generations"("ticket_id");

-- CreateIndex
CREATE INDEX "tickets_team_id_is_active_updated_at_id_idx" ON "tickets"("team_id", "is_active", "updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_team_id_is_active_created_at_id_idx" ON "tickets"("team_id", "is_active", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_team_id_assignee_id_is_active_updated_at_id_idx" ON "tickets"("team_id", "assignee_id", "is_active", "updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_team_id_status_updated_at_id_idx" ON "tickets"("team_id", "status", "updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_team_id_updated_at_id_idx" ON "tickets"("team_id", "updated_at" DESC, "id");

-- CreateIndex
CREATE INDEX "tickets_requester_id_created_at_idx" ON "tickets"("requester_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "tickets_conversation_id_idx" ON "tickets"("conversation_id");

-- CreateIndex
CREATE INDEX "tickets_search_idx" ON "tickets" USING GIN ("search");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_team_id_number_key" ON "tickets"("team_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "timeline_ticket_id_seq_key" ON "timeline"("ticket_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "timeline_conversation_id_key_key" ON "timeline"("conversation_id", "key");

-- CreateIndex
CREATE INDEX "messages_conversation_id_position_idx" ON "messages"("conversation_id", "position");

-- CreateIndex
CREATE INDEX "messages_handed_at_created_at_idx" ON "messages"("handed_at", "created_at");

-- CreateIndex
CREATE INDEX "messages_ticket_id_idx" ON "messages"("ticket_id");

-- CreateIndex
CREATE INDEX "messages_search_idx" ON "messages" USING GIN ("search");

-- CreateIndex
CREATE INDEX "mail_ids_conversation_id_idx" ON "mail_ids"("conversation_id");

-- CreateIndex
CREATE INDEX "ai_claims_conversation_id_idx" ON "ai_claims"("conversation_id");

-- CreateIndex
CREATE INDEX "inbound_mails_team_id_received_at_id_idx" ON "inbound_mails"("team_id", "received_at" DESC, "id");

-- CreateIndex
CREATE INDEX "inbound_mails_team_id_verdict_received_at_id_idx" ON "inbound_mails"("team_id", "verdict", "received_at" DESC, "id");

-- CreateIndex
CREATE INDEX "inbound_mails_team_id_from_address_received_at_idx" ON "inbound_mails"("team_id", "from_address", "received_at");

-- CreateIndex
CREATE INDEX "inbound_mails_settled_at_received_at_idx" ON "inbound_mails"("settled_at", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_mails_team_id_hash_key" ON "inbound_mails"("team_id", "hash");

-- CreateIndex
CREATE INDEX "attachments_message_id_idx" ON "attachments"("message_id");

-- CreateIndex
CREATE INDEX "team_events_at_idx" ON "team_events"("at");

-- CreateIndex
CREATE INDEX "drafts_ticket_id_idx" ON "drafts"("ticket_id");

-- CreateIndex
CREATE INDEX "notifications_operator_id_at_id_idx" ON "notifications"("operator_id", "at" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_operator_id_ticket_id_seq_kind_key" ON "notifications"("operator_id", "ticket_id", "seq", "kind");

-- CreateIndex
CREATE INDEX "mentions_team_id_operator_id_done_at_at_idx" ON "mentions"("team_id", "operator_id", "done_at", "at" DESC);

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
