// Every name here can be started by anyone who reaches the server: workflow functions and nothing else.
export { aiTurn } from './ai-turn.ts';
export { compose } from './compose.ts';
export { continueByMail } from './continue-by-mail.ts';
export { deliver } from './deliver.ts';
export { followEdit } from './follow-edit.ts';
export { intake } from './intake.ts';
export { sweeper } from './sweeper.ts';
export { teamRouter } from './team-router.ts';
export { testModel } from './test-model.ts';
export { ticket } from './ticket.ts';
export { translate } from './translate.ts';
export { tryAgent } from './try-agent.ts';
export { webhookDrain } from './webhook-drain.ts';
