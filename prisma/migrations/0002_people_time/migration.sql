-- AlterTable
ALTER TABLE "operators" ADD COLUMN     "cap" INTEGER,
ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "presence" TEXT NOT NULL DEFAULT 'online',
ADD COLUMN     "shifts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "stay_online" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "time_off" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "schedules" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "body" JSONB NOT NULL,
    "changed_by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "groups" (
    "team_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "members" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("team_id","key")
);

-- CreateTable
CREATE TABLE "presence_leases" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "operator_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_leases_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "schedules_team_id_name_key" ON "schedules"("team_id", "name");

-- CreateIndex
CREATE INDEX "presence_leases_team_id_operator_id_idx" ON "presence_leases"("team_id", "operator_id");
