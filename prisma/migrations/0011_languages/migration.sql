-- AlterTable
ALTER TABLE "requesters" ADD COLUMN     "language_source" TEXT,
ADD COLUMN     "primary_language" TEXT;

-- Nothing was detected so far: whoever set it stays right. Old tags, and the two ways to write Norwegian, are filed as workflows/domain/language.ts does.
UPDATE "requesters" SET "language_source" = 'manual', "primary_language" = CASE lower(split_part("language", '-', 1))
  WHEN 'nb' THEN 'no' WHEN 'nn' THEN 'no' WHEN 'iw' THEN 'he' WHEN 'in' THEN 'id' WHEN 'ji' THEN 'yi' WHEN 'cmn' THEN 'zh'
  ELSE lower(split_part("language", '-', 1)) END WHERE "language" IS NOT NULL;

-- CreateIndex
CREATE INDEX "requesters_team_id_primary_language_idx" ON "requesters"("team_id", "primary_language");

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "language" TEXT,
ADD COLUMN     "source_language" TEXT,
ADD COLUMN     "source_text" TEXT,
ADD COLUMN     "translated_by" JSONB;

-- CreateTable
CREATE TABLE "translations" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "message_id" TEXT,
    "conversation_id" TEXT,
    "source_text" TEXT,
    "source_language" TEXT,
    "language" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "text" TEXT,
    "reason" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "translations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "translations_message_id_language_idx" ON "translations"("message_id", "language");

-- CreateIndex
CREATE INDEX "translations_team_id_state_asked_at_idx" ON "translations"("team_id", "state", "asked_at");
