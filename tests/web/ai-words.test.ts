import { atWorkWords } from '#web/inbox/ai-words.ts';

describe('the line about an AI that may answer', () => {
  it.each([
    ['answer_due', 'Robin is answering'],
    ['none_due', 'Robin has the conversation'],
    ['beside_ticket', 'Robin answers until a person takes over'],
    ['ticket_finished', 'Robin answers here again'],
  ] as const)('says what is true of it: %s', (task, words) => {
    expect(atWorkWords('Robin', { isWriting: false, task })).toBe(words);
  });

  it('says of one that writes that it writes, wherever it does', () => {
    for (const task of ['answer_due', 'beside_ticket', 'ticket_finished'] as const) expect(atWorkWords('Robin', { isWriting: true, task })).toBe('Robin is writing an answer…');
    expect(atWorkWords(null, { isWriting: false, task: 'none_due' })).toBe('The AI has the conversation');
  });
});
