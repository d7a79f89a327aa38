import { whatIfSla as whatIfSlaInput, whatIfSlaAnswer } from '#workflows/contract/what-if-sla.ts';
import { route } from '../http/route.ts';
import { whatIfSla } from '../time/what-if-sla.ts';

export const whatIfSlaRoutes = [
  route({
    method: 'post', path: '/what-if/sla', name: 'whatIfSla', tag: 'What if', who: 'reader',
    summary: 'What the SLA clocks of a told history would say',
    description: 'The newest clock of each kind that has a target and ever started, as of `at`, by the code that real tickets use. Nothing is stored.',
    body: whatIfSlaInput, answer: whatIfSlaAnswer,
    run: (_deps, { principal, body }) => whatIfSla(principal, body),
  }),
];
