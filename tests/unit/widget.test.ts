import fc from 'fast-check';
import { gapBefore } from '../../web/widget/backoff.ts';
import { EMPTY, withNews } from '../../web/widget/chat-state.ts';
import { inkOn } from '../../web/widget/colours.ts';
import { wordsIn } from '../../web/widget/words/words.ts';
import { CUSTOMER_LANGUAGES } from '#workflows/contract/customer-language.ts';
import type { WidgetConversation } from '#workflows/contract/widget-api.ts';

const said = (number: number, from: 'you' | 'ai' | 'person' = 'ai', id = `m${number}`) => ({ number, id, from, name: from === 'you' ? '' : 'Robin', text: `Text ${number}`, attachments: [], at: '2026-11-22T10:00:00.000Z' });
const news = (more: Partial<WidgetConversation> = {}): WidgetConversation => ({ messages: [], cursor: 0, hasMore: false, with: { kind: 'ai', name: 'Robin' }, needsEmail: false, hasEmail: false, seenUpTo: 0, csat: null, ...more });

describe('a widget that reconnects', () => {
  it('waits longer each time, never over a minute, and not all widgets equally long', () => {
    expect([0, 1, 2, 3, 10, 1_000].map((attempt) => gapBefore(attempt, 1))).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000]);
    expect(gapBefore(3, 0)).toBe(4_000);
  });

  it('shows nothing twice that the server tells again', () => {
    const once = withNews(EMPTY, news({ messages: [said(1), said(2)] }), 0);
    const twice = withNews(once, news({ messages: [said(2), said(3)] }), 0);
    expect(twice.messages.map(({ number }) => number)).toEqual([1, 2, 3]);
  });
});

describe('a visitor', () => {
  it('sees their own message once, though it was shown before the server had it', () => {
    const waiting = { ...EMPTY, unsent: [{ id: 'mine', text: 'Hello' }, { id: 'later', text: 'Still here' }] };
    expect(withNews(waiting, news({ messages: [said(1, 'you', 'mine')] }), 0)).toMatchObject({ messages: [{ id: 'mine' }], unsent: [{ id: 'later' }] });
  });

  it('is told who joined, and who is back, but not who was there when they came', () => {
    const first = withNews(EMPTY, news({ messages: [said(1)] }), 0);
    expect(first.arrivals).toEqual([]);
    const joined = withNews(first, news({ with: { kind: 'person', name: 'Mia' } }), 0);
    const back = withNews(joined, news({ messages: [said(2, 'person')], with: { kind: 'ai', name: 'Robin' } }), 0);
    expect(back.arrivals).toEqual([{ after: 1, kind: 'joined', name: 'Mia' }, { after: 1, kind: 'back', name: 'Robin' }]);
  });

  it('sees nobody write any more once an answer is there, or a person has come', () => {
    const writing = { ...withNews(EMPTY, news({ messages: [said(1)] }), 0), typing: 'Robin' };
    expect(withNews(writing, news({ messages: [said(2, 'you')] }), 0).typing).toBe('Robin');
    expect(withNews(writing, news({ messages: [said(2)] }), 0).typing).toBeNull();
    expect(withNews(writing, news({ with: { kind: 'person', name: 'Mia' } }), 0).typing).toBeNull();
  });

  it('has unread what others wrote since they last looked', () => {
    expect(withNews(EMPTY, news({ messages: [said(1), said(2, 'you'), said(3)] }), 1).unread).toBe(1);
    expect(withNews({ ...EMPTY, isOpen: true }, news({ messages: [said(1)] }), 0).unread).toBe(0);
  });

  it('is spoken to in the first language of the script, the page and the browser that we know, else in English', () => {
    expect(wordsIn('de-AT', 'en').language).toBe('de');
    expect(wordsIn(null, 'sv', 'pt-BR').language).toBe('pt');
    expect(wordsIn(undefined, '', 'ja').language).toBe('en');
  });

  it.each(CUSTOMER_LANGUAGES)('finds every sentence filled in %s', (language) => {
    const all: [string, unknown][] = Object.entries(wordsIn(language));
    const words = all.filter(([key]) => key !== 'language' && key !== 'csat');
    const english = Object.entries(wordsIn('en'));
    for (const [key, word] of words) {
      const said: unknown = typeof word === 'function' ? Reflect.apply(word, null, ['Jane', 3]) : word;
      expect([key, said]).toEqual([key, typeof word === 'function' ? expect.stringContaining('Jane') : expect.stringMatching(/\S/)]);
    }
    expect(words.map(([key]) => key)).toEqual(english.map(([key]) => key).filter((key) => key !== 'language' && key !== 'csat'));
  });

  it('can read what stands on any colour that a team chooses (WCAG 2.2, 1.4.3)', () => {
    const channel = (part: number) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
      const luminance = 0.2126 * channel(colour >> 16) + 0.7152 * channel((colour >> 8) & 255) + 0.0722 * channel(colour & 255);
      const ink = inkOn(`#${colour.toString(16).padStart(6, '0')}`);
      const contrast = ink === '#ffffff' ? 1.05 / (luminance + 0.05) : (luminance + 0.05) / 0.05;
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }));
  });
});
