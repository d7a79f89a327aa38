-- How many open tickets follow which version of the settings, from now on kept by their projections.
INSERT INTO "counters" ("team_id", "key", "n")
SELECT "team_id", 'follows:' || coalesce("agent_id", '') || ':' || ("state"->>'policyVersion'), count(*)::int
FROM "tickets" WHERE "status" NOT IN ('closed', 'cancelled') GROUP BY 1, 2
ON CONFLICT ("team_id", "key") DO NOTHING;
