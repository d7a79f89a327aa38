import { describe, expect, it } from '@jest/globals';
import { factsKept } from '#activities/compose/facts-kept.ts';
import type { ComposeTask } from '#workflows/contract/compose.ts';
import { growth } from '../support/processor-time.ts';

const check = (task: ComposeTask, source: string, result: string, { context = '', names = ['Jane Doe', 'Mia Berg'] }: { context?: string; names?: string[] } = {}) =>
  factsKept({ task, source, result, context, names }).map(({ kind, what, change }) => `${change} ${kind} ${what}`);

describe('what a model made of a text', () => {
  it.each<[string, ComposeTask, string, string, string[]]>([
    ['keeps everything', 'polish', 'hi Jane, order A-17 of 40 euros ships on 5 May, see https://x.test/a.', 'Hello Jane, your order A-17 (40 euros) ships on 5 May: https://x.test/a', []],
    ['loses a number', 'shorten', 'You get 40 euros within 5 days.', 'You get your money within 5 days.', ['lost number 40']],
    ['changes a number', 'polish', 'You get 40 euros.', 'You will receive 50 euros.', ['lost number 40', 'invented number 50']],
    ['writes an amount as another language does', 'translate', 'It costs 1,299.50 euros, Jane.', 'Es kostet 1.299,50 Euro, Jane.', []],
    ['turns a date around', 'translate', 'On 2026-05-07.', 'Am 07.05.2026.', []],
    ['leaves full hours out', 'tone', 'We open at 09:00.', 'We open at 9.', []],
    ['loses a code', 'expand', 'Your parcel is DHL-77X.', 'Your parcel is on its way.', ['lost code DHL-77X']],
    ['loses a link', 'shorten', 'See https://x.test/help/.', 'See our help.', ['lost link https://x.test/help/']],
    ['changes a link', 'polish', 'See https://x.test/a', 'See https://evil.test/a', ['lost link https://x.test/a', 'invented link https://evil.test/a']],
    ['loses an address', 'polish', 'Write to help@x.test.', 'Write to us.', ['lost email help@x.test']],
    ['loses the customer’s name', 'shorten', 'Dear Jane, it ships today.', 'It ships today.', ['lost name Jane']],
    ['loses a name in the middle of a sentence', 'polish', 'I have asked our colleague Tom about it.', 'I have asked about it.', ['lost name Tom']],
    ['keeps a name with an s', 'polish', 'I have read what Jane wrote.', 'I have read Jane’s message.', []],
    ['is German, where every noun has a capital', 'polish', 'wir schicken das Paket an die Adresse in der Stadt.', 'Wir versenden es dorthin.', []],
  ])('%s', (_what, task, source, result, expected) => {
    expect(check(task, source, result)).toEqual(expected);
  });

  it('drafts with what the conversation and the writer say, and nothing else', () => {
    const context = 'My order A-17 of 40 euros is late.';
    expect(check('draft', 'tell them 3 days', 'Hello Jane, A-17 (40 euros) comes in 3 days.', { context })).toEqual([]);
    expect(check('draft', '', 'A-18 comes in 3 days, see https://x.test.', { context })).toEqual(['invented link https://x.test', 'invented code A-18', 'invented number 3']);
  });

  it.each<[string, (n: number) => string]>([
    ['commas', (n) => '1,'.repeat(n)],
    ['dashes', (n) => 'A-'.repeat(n)],
    ['at signs', (n) => 'a@'.repeat(n)],
    ['digits', (n) => ' 111'.repeat(n)],
    ['capitals', (n) => 'Aa '.repeat(n)],
    ['one word', (n) => 'a'.repeat(2 * n)],
    ['spaces', (n) => `${' '.repeat(2 * n)}Anna`],
    ['dots', (n) => `www.${'.'.repeat(2 * n)}a`],
  ])('takes no longer for a long and hostile text than for many short ones: %s', (_what, text) => {
    expect(growth(1_250, (n) => void check('polish', text(n), text(n)))).toBeLessThan(24);
  });
});
