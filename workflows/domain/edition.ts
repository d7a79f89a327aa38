/**
 * Which edition of the rules a run decides by. One that is under way keeps its own, or its replay would come to other changes
 * than its history tells; the run that follows it takes the newest (decision 080). 1: before escalations that join brought
 * all that they bring, before their pause asked for the hours, and before auto-resume followed the policy. 2: since then.
 * 3: since what a held reply does when it leaves is its author's doing, and a reopening asks for its assignee (decision 087).
 */
export type Edition = 1 | 2 | 3;

export const NEWEST_EDITION: Edition = 3;
