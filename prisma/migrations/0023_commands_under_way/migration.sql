-- CreateTable
CREATE TABLE "commands_under_way" (
    "ticket_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commands_under_way_pkey" PRIMARY KEY ("ticket_id","id")
);

-- CreateIndex
CREATE INDEX "commands_under_way_team_id_given_at_idx" ON "commands_under_way"("team_id", "given_at");
