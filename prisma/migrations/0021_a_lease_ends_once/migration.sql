-- AlterTable
ALTER TABLE "presence_leases" ADD COLUMN     "ended_at" TIMESTAMPTZ(3);
