/** What a ticket has come to, in UTC, with used time in minutes of the clock's own hours. */
export interface Row {
  readonly status: string;
  /** When it was given to whom; nobody is `-`. */
  readonly assigned: readonly string[];
  readonly clocks: readonly string[];
  /** Every warning and breach that was told, and when. */
  readonly told: readonly string[];
}

function row(status: string, assigned: string, clocks: readonly string[], told: readonly string[] = []): Row {
  return { status, assigned: assigned.split(', '), clocks, told };
}

// Thursday morning. Berlin is open 08 to 16: first reply in 4 h, warned of at 3 h; resolution in 16 h, which pauses on the
// customer and on hold. Balanced: the fewest tickets, then who was given one longest ago, then the name. Ben takes two.
const THURSDAY_MORNING: Readonly<Record<string, Row>> = {
  // Nobody has anything: Anna by name. Solved after 1 h of 16, so that 15 h were left from 10:00: 6 h on Thursday, 8 h on Friday, 1 h from Monday 07:00, as Berlin has gone to summer time.
  A1: row('resolved', '27 08:00 Anna', ['first_reply met, used 60, due 27 12:00', 'resolution met, used 60, due 31 08:00']),
  // Ben has none. 08:10 to 11:30 are 200 min; then 12:30 to 13:30. Left at 14:00: 700 min, 120 + 480 + 100.
  A2: row('resolved', '27 08:10 Ben', ['first_reply met, used 200, due 27 12:10', 'next_reply met, used 60, due 28 08:30', 'resolution met, used 260, due 31 08:40'], ['27 11:10 warned first_reply']),
  // One each: Anna's was longer ago. She has the holiday off when the customer writes; Ben is full, so Emil. No business time passes on it.
  A3: row('on_customer', '27 08:20 Anna, 01 07:00 -, 01 07:00 Emil', ['first_reply breached, used 270, due 27 12:20', 'next_reply met, used 0, due 02 09:00', 'resolution paused, used 270'], ['27 11:20 warned first_reply', '27 12:20 breached first_reply']),
  // Anna has two, Ben one. On hold to Friday 10:00, solved at 12:00: 60 + 120 min. 780 were left: 240 on Friday, 480 on Monday, none on the holiday, 60 on Wednesday.
  A4: row('resolved', '27 08:30 Ben', ['first_reply met, used 60, due 27 12:30', 'resolution met, used 180, due 02 08:00']),
  // Ben is full. Not picked up for 5 business hours: taken from Anna, and of those there then (Ben full, Carl with one) Finn and Gina have none, Finn by name.
  A5: row('resolved', '27 08:40 Anna, 27 13:40 -, 27 13:41 Finn', ['first_reply breached, used 320, due 27 12:40', 'resolution met, used 320, due 31 08:40'], ['27 11:40 warned first_reply', '27 12:40 breached first_reply']),
  // By hand to Emil, who is on leave when the customer writes: back to the queue, and Ben is full. They write again on Sunday: the reply's 4 h count from
  // Monday 07:00, and when the edit of 09:30 makes 2 of them, the deadline was 09:00. Answered after 180 min; 440 of 720 left at 10:30: 270 + 170.
  A6: row('resolved', '27 08:50 Anna, 27 09:20 Emil, 27 09:30 -, 27 09:30 Anna', ['first_reply met, used 100, due 27 12:50', 'next_reply breached, used 180, due 31 09:00', 'resolution met, used 280, due 02 09:50'], ['31 09:30 breached next_reply']),
  // Carl begins at 11:00 sharp, with none.
  A7: row('resolved', '27 11:00 Carl', ['first_reply met, used 20, due 27 15:00', 'resolution met, used 20, due 31 10:20']),
  // Carl has one, Anna four (A1 is solved: three), Ben two. Cancelled at 14:30 with 770 min left: 90 + 480 + 200.
  A8: row('cancelled', '27 11:10 Carl', ['first_reply met, used 190, due 27 15:10', 'resolution met, used 190, due 31 10:20'], ['27 14:10 warned first_reply']),
};

// Thursday evening and night, Friday before work. America: New York is open 13 to 21; first reply in 2 h, warned of at 90 min, next in 4, resolution in 8.
// Everyone else's clocks stand still from 16 until Friday 08: used 0, first reply due Friday 12:00, 16 h end with Monday, at 15:00.
const UNTOUCHED = ['first_reply met, used 0, due 28 12:00', 'resolution met, used 0, due 31 15:00'];
const THURSDAY_NIGHT: Readonly<Record<string, Row>> = {
  // Carl, Finn and Gina have none; only Gina never had any. 420 min left at 18:00: 180 + 240.
  B1: row('resolved', '27 15:30 Gina', ['first_reply met, used 60, due 27 17:30', 'resolution met, used 60, due 28 17:00']),
  // Carl's last was 11:10, Finn's 13:41. Customer at Friday 12:00, New York opens at 13:00. 315 min left at 15:00.
  B2: row('resolved', '27 15:40 Carl', ['first_reply met, used 105, due 27 17:40', 'next_reply met, used 60, due 28 17:00', 'resolution met, used 165, due 28 20:15'], ['27 17:10 warned first_reply']),
  // Finn is the one with none. 290 min left at 20:00: 60 + 230.
  B3: row('resolved', '27 15:50 Finn', ['first_reply breached, used 190, due 27 17:50', 'resolution met, used 190, due 28 16:50'], ['27 17:20 warned first_reply', '27 17:50 breached first_reply']),
  // One each, in the order in which they had their last: Gina, Carl, Finn.
  B4: row('resolved', '27 16:00 Gina', UNTOUCHED),
  // Friday 08:00 to 11:30, and 15:30 to 16:00 of its answer's 4 h, due Monday 10:30; ended before the edit, that stays. Its 12 h to solve follow the edit: 480 min left on Monday 10:10, 290 + 190.
  B5: row('resolved', '27 16:10 Carl', ['first_reply met, used 210, due 28 12:00', 'next_reply met, used 30, due 31 10:30', 'resolution met, used 240, due 02 10:10'], ['28 11:00 warned first_reply']),
  B6: row('on_customer', '27 16:20 Finn', ['first_reply met, used 0, due 28 12:00', 'resolution paused, used 0']),
  // Hugo comes with none, the others have two; then with one; then all have two, Gina's the longest ago.
  B7: row('resolved', '27 17:10 Hugo', UNTOUCHED),
  // Not picked up for 5 business hours, Friday 08:00 to 13:00. Then Ben has none, the others more. 600 min left at 14:20: 100 + 480 + 20.
  B8: row('resolved', '27 17:20 Hugo, 28 13:00 -, 28 13:01 Ben', ['first_reply breached, used 360, due 28 12:00', 'resolution met, used 360, due 02 07:20'], ['28 11:00 warned first_reply', '28 12:00 breached first_reply']),
  B9: row('on_hold', '27 17:30 Gina', ['first_reply met, used 0, due 28 12:00', 'resolution paused, used 0']),
  // Carl has gone. Finn has two, Gina and Hugo one: hers of 17:30, his of 17:20.
  B10: row('resolved', '27 19:30 Hugo', UNTOUCHED),
  // Finn and Gina have gone. Dora begins with none, Hugo has B8.
  B11: row('resolved', '27 21:10 Dora', UNTOUCHED),
  // One each: Hugo's of 19:30.
  B12: row('resolved', '27 21:20 Hugo', UNTOUCHED),
  // Hugo two, Dora one. She stays its assignee while she is outside her shift, and solves it on Sunday: 16 h are Monday and Wednesday.
  B13: row('resolved', '27 21:30 Dora', ['first_reply met, used 0, due 28 12:00', 'next_reply met, used 0, due 31 11:00', 'resolution met, used 0, due 02 15:00']),
  // Dora alone, who claims it and so keeps it. All of Friday's 8 h are used; 8 left on Saturday.
  B14: row('resolved', '28 02:00 Dora', ['first_reply breached, used 480, due 28 12:00', 'resolution met, used 480, due 31 15:00'], ['28 11:00 warned first_reply', '28 12:00 breached first_reply']),
  // Nobody from 05 to 07. Then by priority: B16 to Ben, who has one and is full with it; B15 and B17 to Anna. 900 min left at 09:30: 390 + 480 + 30.
  B15: row('resolved', '28 07:00 Anna', ['first_reply met, used 60, due 28 12:00', 'resolution met, used 60, due 02 07:30']),
  // 840 left at 10:20: 340 + 480 + 20.
  B16: row('resolved', '28 07:00 Ben', ['first_reply met, used 120, due 28 12:00', 'resolution met, used 120, due 02 07:20']),
  // 800 left at 14:30: 90 + 480 + 230.
  B17: row('resolved', '28 07:00 Anna', ['first_reply met, used 160, due 28 12:00', 'resolution met, used 160, due 02 10:50']),
};

// Friday evening: after 16:00 first reply due Monday 11:00, and 16 h are Monday and Wednesday.
const OVER_THE_WEEKEND = ['first_reply met, used 0, due 31 11:00', 'resolution met, used 0, due 02 15:00'];
const FRIDAY_EVENING: Readonly<Record<string, Row>> = {
  // One each, all of Thursday: Carl's of 16:10, Finn's of 16:20, Gina's of 17:30. 940 min left at 16:45: 480 + 460.
  H1: row('resolved', '28 15:40 Carl', ['first_reply met, used 20, due 31 10:40', 'resolution met, used 20, due 02 14:40']),
  H2: row('resolved', '28 15:50 Finn', ['first_reply met, used 10, due 31 10:50', 'resolution met, used 10, due 02 14:50']),
  H3: row('resolved', '28 16:00 Gina', OVER_THE_WEEKEND),
  // Hugo comes with none: B8 was taken from him.
  H4: row('resolved', '28 17:00 Hugo', OVER_THE_WEEKEND),
  // Carl solved H1 and has one as Hugo has: his of 15:40.
  H5: row('resolved', '28 17:10 Carl', OVER_THE_WEEKEND),
  H6: row('resolved', '28 17:20 Hugo', OVER_THE_WEEKEND),
  // Finn one, Gina and Hugo two.
  H7: row('resolved', '28 20:00 Finn', OVER_THE_WEEKEND),
  // Hugo one, Dora two.
  H8: row('resolved', '28 22:00 Hugo', OVER_THE_WEEKEND),
};

// Urgent: the calendar's hours, first reply in 1 h, warned of at 45 min, resolution in 8 h.
const URGENT_AND_WEEKEND: Readonly<Record<string, Row>> = {
  // Ben is full. 455 min left at 08:50.
  C1: row('resolved', '28 08:05 Anna', ['first_reply met, used 25, due 28 09:05', 'resolution met, used 25, due 28 16:25']),
  // Nobody until Dora's shift of 21:00.
  C2: row('resolved', '29 21:00 Dora', ['first_reply breached, used 570, due 29 13:00', 'resolution breached, used 570, due 29 20:00'], ['29 12:45 warned first_reply', '29 13:00 breached first_reply', '29 18:00 warned resolution', '29 20:00 breached resolution']),
  // An hour is an hour that passed: 21:10 to 00:30 are 200 min. 280 left at 03:30.
  C3: row('resolved', '29 21:10 Dora', ['first_reply breached, used 200, due 29 22:10', 'resolution met, used 200, due 30 08:10'], ['29 21:55 warned first_reply', '29 22:10 breached first_reply']),
  C4: row('resolved', '30 00:30 Dora', OVER_THE_WEEKEND),
  // Ten minutes before the end of the night in which an hour was left out, and ten after it.
  C5: row('resolved', '30 03:50 Dora', OVER_THE_WEEKEND),
  C6: row('resolved', '30 20:00 Dora', OVER_THE_WEEKEND),
};

// Monday, by 4 and 16 h until the edit of 09:30 and by 2 and 12 h from then on.
const MONDAY_MORNING: Readonly<Record<string, Row>> = {
  // Anna is busy: two for Ben, the others wait. Solved unanswered, with 930 min left: 450 + 480.
  D1: row('resolved', '31 06:40 Ben', ['first_reply stopped, used 30, due 31 11:00', 'resolution met, used 30, due 02 15:00']),
  // 660 of 720 left at 11:00: 240 + 420.
  D2: row('resolved', '31 06:50 Ben', ['first_reply met, used 60, due 31 11:00', 'resolution met, used 60, due 02 14:00']),
  // Unanswered at the edit, and late by it. 555 left at 10:15: 285 + 270.
  D3: row('resolved', '31 07:40 Anna', ['first_reply breached, used 165, due 31 09:00', 'resolution met, used 165, due 02 11:30'], ['31 09:30 breached first_reply']),
  // Ben has room for one at 07:30: the one of high priority.
  D4: row('on_customer', '31 07:30 Ben', ['first_reply met, used 70, due 31 11:10', 'resolution paused, used 70']),
  // The customer waits since 09:10: by the edit 2 h, warned of at 90 min. 500 left at 12:00: 180 + 320.
  D5: row('resolved', '31 07:40 Anna', ['first_reply met, used 80, due 31 11:20', 'next_reply breached, used 140, due 31 11:10', 'resolution met, used 220, due 02 12:20'], ['31 10:40 warned next_reply', '31 11:10 breached next_reply']),
};

// After 15:00 nothing counts until Wednesday 07:00: first reply due 09:00, and 12 h are Wednesday and 4 h of Thursday.
const OVER_THE_HOLIDAY = ['first_reply met, used 0, due 02 09:00', 'resolution met, used 0, due 03 11:00'];
const MONDAY_EVENING: Readonly<Record<string, Row>> = {
  // Carl has none, Finn and Gina one. Answered on Wednesday at 11:00; 480 min left at 11:30: 210 + 270.
  E1: row('resolved', '31 15:00 Carl', ['first_reply breached, used 240, due 02 09:00', 'resolution met, used 240, due 03 11:30'], ['02 08:30 warned first_reply', '02 09:00 breached first_reply']),
  // One each: Gina's of Friday 16:00, Finn's of 20:00, Carl's of now; and the same again with two.
  E2: row('resolved', '31 15:10 Gina', OVER_THE_HOLIDAY),
  E3: row('resolved', '31 15:20 Finn', ['first_reply met, used 0, due 02 09:00', 'next_reply met, used 0, due 02 09:00', 'resolution met, used 0, due 03 11:00']),
  E4: row('on_customer', '31 15:30 Carl', ['first_reply met, used 0, due 02 09:00', 'resolution paused, used 0']),
  E5: row('resolved', '31 15:40 Gina', ['first_reply stopped, used 0, due 02 09:00', 'resolution met, used 0, due 03 11:00']),
  // 410 of 480 left at 17:40, and New York has no holiday: 200 + 210.
  E6: row('resolved', '31 15:50 Finn', ['first_reply met, used 70, due 31 17:50', 'resolution met, used 70, due 01 16:30']),
  // Unanswered to the end of New York's day, 300 min; paused on Tuesday 10:30 to 13:30; 360 at 14:30; 60 left at 16:00.
  E7: row('resolved', '31 16:00 Carl', ['first_reply breached, used 300, due 31 18:00', 'next_reply met, used 120, due 01 17:30', 'resolution met, used 420, due 01 17:00'], ['31 17:30 warned first_reply', '31 18:00 breached first_reply', '01 14:30 warned resolution']),
  // Hugo has none.
  E8: row('resolved', '31 17:00 Hugo', OVER_THE_HOLIDAY),
  // Gina solved two and has one as Hugo has: hers of 15:40. By hand to Finn.
  E9: row('resolved', '31 17:10 Gina, 31 17:40 Finn', OVER_THE_HOLIDAY),
  // Hugo one, Gina two, Finn three. Off hold on Wednesday 08:00: 420 min until 15:00, 300 left.
  E10: row('on_you', '31 17:20 Hugo', ['first_reply met, used 0, due 02 09:00', 'resolution running, used 420, due 03 12:00']),
  // Gina and Hugo two: hers of 17:10.
  E11: row('on_customer', '31 17:30 Gina', ['first_reply met, used 0, due 02 09:00', 'resolution paused, used 0']),
  // Carl has gone. Two each: Hugo's of 17:20, Gina's of 17:30, Finn's by hand of 17:40.
  E12: row('resolved', '31 18:30 Hugo', OVER_THE_HOLIDAY),
};

const HOLIDAY_AND_WEDNESDAY: Readonly<Record<string, Row>> = {
  // Emil has none, Ben one; then one each, Ben's of Monday; then Ben is full.
  F1: row('resolved', '01 06:10 Emil', OVER_THE_HOLIDAY),
  // Answered on Wednesday at 08:00; 660 min left at 08:10: 410 + 250.
  F2: row('resolved', '01 06:20 Ben', ['first_reply met, used 60, due 02 09:00', 'resolution met, used 60, due 03 11:10']),
  // Never picked up: 5 business hours are Wednesday 12:00. Of Anna, Ben and Carl with one each, Carl's was longest ago.
  F3: row('new', '01 06:30 Emil, 02 12:00 -, 02 12:01 Carl', ['first_reply breached, used 480, due 02 09:00', 'resolution running, used 480, due 03 11:00'], ['02 08:30 warned first_reply', '02 09:00 breached first_reply']),
  // Urgent from 07:30 on: an hour of the calendar from 06:40, its warning of 07:25 told at once. 390 min left at 10:00.
  F4: row('resolved', '01 06:40 Emil', ['first_reply breached, used 90, due 01 07:40', 'resolution met, used 90, due 01 16:30'], ['01 07:30 warned first_reply', '01 07:40 breached first_reply']),
  // Nobody from 04 to 06. Anna has none. 690 left at 07:50: 430 + 260.
  G1: row('resolved', '02 06:00 Anna', ['first_reply met, used 30, due 02 09:00', 'resolution met, used 30, due 03 11:20']),
  // Anna none, Ben one, Emil two.
  G2: row('on_customer', '02 09:30 Anna', ['first_reply met, used 60, due 02 11:30', 'resolution paused, used 60']),
  // Finn with B6 alone; Berlin has closed.
  G3: row('new', '02 15:30 Finn', ['first_reply running, used 0, due 03 09:00', 'resolution running, used 0, due 04 11:00']),
};

export const TABLE: Readonly<Record<string, Row>> = {
  ...THURSDAY_MORNING,
  ...THURSDAY_NIGHT,
  ...FRIDAY_EVENING,
  ...URGENT_AND_WEEKEND,
  ...MONDAY_MORNING,
  ...MONDAY_EVENING,
  ...HOLIDAY_AND_WEDNESDAY,
};
