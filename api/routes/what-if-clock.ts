import { askClock, clockAnswer } from '#workflows/contract/schedule.ts';
import { route } from '../http/route.ts';
import { whatIfClock } from '../time/what-if-clock.ts';

export const whatIfClockRoutes = [
  route({
    method: 'post', path: '/what-if/clock', name: 'whatIfClock', tag: 'What if', who: 'reader',
    summary: 'What a schedule makes of a span of time',
    description: 'With `addMs`: when that much open time has passed since `from`. With `to`: how much of [`from`, `to`) was open. The code that deadlines use; nothing is stored.',
    body: askClock, answer: clockAnswer,
    run: (_deps, { principal, body }) => whatIfClock(principal, body),
  }),
];
