-- Whoever lost a key to another request does nothing to it any more.
ALTER TABLE "idempotency_keys" ADD COLUMN "holder" TEXT NOT NULL DEFAULT '';
