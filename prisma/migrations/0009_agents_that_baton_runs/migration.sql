-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "monthly_tokens" INTEGER;

-- What of a turn was picked up, and what ended: `<epoch>:<last customer message>`.
ALTER TABLE "conversations" ADD COLUMN     "turn_begun" TEXT,
ADD COLUMN     "turn_ended" TEXT;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "citations" JSONB;

-- CreateTable
CREATE TABLE "agent_setups" (
    "agent_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "instructions" TEXT NOT NULL DEFAULT '',
    "model" TEXT,
    "reads_notes" BOOLEAN NOT NULL DEFAULT false,
    "url" TEXT,
    "has_secret" BOOLEAN NOT NULL DEFAULT false,
    "old_secret_until" TIMESTAMPTZ(3),
    "changed_by" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_setups_pkey" PRIMARY KEY ("agent_id")
);

-- CreateTable
CREATE TABLE "knowledge_texts" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "changed_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "knowledge_texts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "knowledge_passages" (
    "text_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "passage" TEXT NOT NULL,
    "search" tsvector,

    CONSTRAINT "knowledge_passages_pkey" PRIMARY KEY ("text_id","place")
);

-- CreateTable
CREATE TABLE "ai_answers" (
    "message_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "citations" JSONB NOT NULL,
    "escalation" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ai_answers_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "llm_calls" (
    "id" BIGSERIAL NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "task" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "tokens_in" INTEGER NOT NULL,
    "tokens_out" INTEGER NOT NULL,
    "ms" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "llm_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_setups_team_id_idx" ON "agent_setups"("team_id");

-- CreateIndex
CREATE INDEX "knowledge_texts_team_id_agent_id_title_idx" ON "knowledge_texts"("team_id", "agent_id", "title");

-- CreateIndex
CREATE INDEX "knowledge_passages_agent_id_idx" ON "knowledge_passages"("agent_id");

-- CreateIndex
CREATE INDEX "knowledge_passages_search_idx" ON "knowledge_passages" USING GIN ("search");

-- CreateIndex
CREATE INDEX "ai_answers_team_id_created_at_idx" ON "ai_answers"("team_id", "created_at");

-- CreateIndex
CREATE INDEX "llm_calls_team_id_at_idx" ON "llm_calls"("team_id", "at");
