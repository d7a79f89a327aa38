-- CreateTable
CREATE TABLE "widget_claims" (
    "reader" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "widget_claims_pkey" PRIMARY KEY ("reader")
);

-- CreateIndex
CREATE INDEX "widget_claims_team_id_idx" ON "widget_claims"("team_id");

-- CreateIndex
CREATE INDEX "widget_claims_conversation_id_idx" ON "widget_claims"("conversation_id");
