-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "widget_id" TEXT,
ADD COLUMN     "widget_seen" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "widget_seq" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "client_id" TEXT,
ADD COLUMN     "widget_seq" INTEGER;

-- CreateTable
CREATE TABLE "widgets" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "agent_id" TEXT,
    "name" TEXT NOT NULL,
    "origins" TEXT[],
    "look" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "widgets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "widget_visitors" (
    "id" TEXT NOT NULL,
    "team_id" TEXT NOT NULL,
    "widget_id" TEXT NOT NULL,
    "requester_id" TEXT NOT NULL,
    "conversation_id" TEXT NOT NULL,
    "connected_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "widget_visitors_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "widgets_team_id_idx" ON "widgets"("team_id");

-- CreateIndex
CREATE INDEX "widget_visitors_team_id_idx" ON "widget_visitors"("team_id");

-- CreateIndex
CREATE INDEX "widget_visitors_widget_id_idx" ON "widget_visitors"("widget_id");

-- CreateIndex
CREATE INDEX "widget_visitors_conversation_id_idx" ON "widget_visitors"("conversation_id");

-- CreateIndex
CREATE INDEX "messages_conversation_id_widget_seq_idx" ON "messages"("conversation_id", "widget_seq");

-- CreateIndex
CREATE INDEX "attachments_conversation_id_idx" ON "attachments"("conversation_id");
