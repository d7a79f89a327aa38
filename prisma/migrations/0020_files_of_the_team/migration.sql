-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "uploaded_by" TEXT;

-- AlterTable
ALTER TABLE "drafts" ADD COLUMN     "attachments" TEXT[] DEFAULT ARRAY[]::TEXT[];
