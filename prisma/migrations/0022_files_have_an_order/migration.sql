-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "place" SMALLINT NOT NULL DEFAULT 0;
