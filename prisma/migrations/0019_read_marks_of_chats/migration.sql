-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "team_read" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "read_at" TIMESTAMPTZ(3);
