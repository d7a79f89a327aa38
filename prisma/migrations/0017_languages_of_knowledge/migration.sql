-- AlterTable
ALTER TABLE "knowledge_passages" ADD COLUMN     "language" TEXT;

-- CreateIndex
CREATE INDEX "knowledge_passages_language_idx" ON "knowledge_passages"("language");
