-- AlterTable
ALTER TABLE "teams" ADD COLUMN     "router_dirty" TIMESTAMPTZ(3),
ADD COLUMN     "router_pass" TEXT,
ADD COLUMN     "router_wake_at" TIMESTAMPTZ(3),
ADD COLUMN     "routes" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "operator_turns" (
    "operator_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "last_assigned_at" TIMESTAMPTZ(3),
    "last_assigned_order" INTEGER NOT NULL DEFAULT 0,
    "last_automatic_at" TIMESTAMPTZ(3),
    "last_automatic_order" INTEGER NOT NULL DEFAULT 0,
    "online_since" TIMESTAMPTZ(3),
    "automatic_since_online" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "operator_turns_pkey" PRIMARY KEY ("operator_id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "ticket_id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "assignment_epoch" INTEGER NOT NULL,
    "operator_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "turn_at" TIMESTAMPTZ(3) NOT NULL,
    "turn_order" INTEGER NOT NULL,
    "offer" JSONB NOT NULL,
    "offered_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateIndex
CREATE INDEX "operator_turns_team_id_idx" ON "operator_turns"("team_id");

-- CreateIndex
CREATE INDEX "reservations_team_id_idx" ON "reservations"("team_id");
