-- What a call cost by the price that the team had entered then, null where it had entered none.
ALTER TABLE "llm_calls" ADD COLUMN     "cost" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "ai_assisted" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "model_settings" (
    "team_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "base_url" TEXT,
    "has_key" BOOLEAN NOT NULL DEFAULT false,
    "model" TEXT,
    "models" JSONB NOT NULL DEFAULT '{}',
    "price_in" DOUBLE PRECISION,
    "price_out" DOUBLE PRECISION,
    "changed_by" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_settings_pkey" PRIMARY KEY ("team_id")
);

-- CreateTable
CREATE TABLE "composes" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "wish" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "ending" JSONB,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "composes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "compose_chunks" (
    "compose_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "team_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "compose_chunks_pkey" PRIMARY KEY ("compose_id","seq")
);

-- CreateIndex
CREATE INDEX "composes_team_id_owner_idx" ON "composes"("team_id", "owner");

-- CreateIndex
CREATE INDEX "composes_created_at_idx" ON "composes"("created_at");
