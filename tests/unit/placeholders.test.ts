import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownWords, protect, restore, tokenFault } from '#workflows/domain/placeholders.ts';

const kept = (text: string) => protect(text).kept;

describe('what a translation must not touch (P46)', () => {
  it.each([
    ['links', 'See https://shop.example/a?b=1. Thanks', ['https://shop.example/a?b=1']],
    ['links in brackets', 'It is there (www.shop.example/x).', ['www.shop.example/x']],
    ['addresses', 'Write to mia+help@shop.co.uk!', ['mia+help@shop.co.uk']],
    ['order numbers', 'Order #55821 and AB-1234, RMA-XYZ or ORD_2026_11.', ['#55821', 'AB-1234', 'RMA-XYZ', 'ORD_2026_11']],
    ['amounts and dates', '12,50 € or 20% until 2026-11-22 at 10:30', ['12,50', '20%', '2026-11-22', '10:30']],
    ['numbers between signs that need no spaces', '注文番号12345はどこですか', ['12345']],
    ['numbers of other scripts', 'الطلب ١٢٣٤', ['١٢٣٤']],
    ['placeholders', 'Dear {name}, {{ ticket.id }}', ['{name}', '{{ ticket.id }}']],
    ['code', 'Run `npm start` and\n```\nls\n```', ['`npm start`', '```\nls\n```']],
    ['quoted lines', 'I said:\n> one\n> two\nand more', ['> one\n> two']],
    ['tokens that the writer wrote', 'What is ⟦1⟧? Or ⟦', ['⟦1⟧', '⟦']],
  ])('keeps %s', (_what, text, pieces) => {
    expect(kept(text)).toEqual(pieces);
  });

  it('sends neither a signature nor what hangs on to it', () => {
    expect(protect('Bonjour\n\n-- \nMia\n+49 151 2345')).toMatchObject({ text: 'Bonjour', after: '\n\n-- \nMia\n+49 151 2345' });
    expect(ownWords('Salut 12, see https://a.example')).toBe('Salut  , see  ');
  });

  const piece = fc.constantFrom('Bonjour ', 'https://a.example/x ', 'a@b.example ', '#12 ', '⟦1⟧', '⟦', '⟧', '\n> quoted\n', '\r\n', '`code`', '{name}', '1.234,50', '\n-- \nMia', '{', '>', ' ', '😀', '٣');
  const text = fc.oneof(fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme', maxLength: 200 }));

  it('gives any text back as it was, where nothing was translated', () => {
    fc.assert(fc.property(text, (given) => {
      const sent = protect(given);
      expect(tokenFault(sent.text, sent)).toBeNull();
      expect(restore(sent.text, sent)).toBe(given);
    }), { numRuns: 2_000 });
  });

  it('finds every token that an answer loses, doubles, invents or breaks', () => {
    fc.assert(fc.property(text.filter((given) => kept(given).length > 0), fc.nat(), (given, chance) => {
      const sent = protect(given);
      const number = (chance % sent.kept.length) + 1;
      const token = `⟦${number}⟧`;
      expect(tokenFault(sent.text.replace(token, ''), sent)).toMatchObject({ lost: [token] });
      expect(tokenFault(`${sent.text} ${token}`, sent)).toMatchObject({ doubled: [token] });
      expect(tokenFault(`${sent.text} ⟦${sent.kept.length + 1}⟧`, sent)).toMatchObject({ invented: [`⟦${sent.kept.length + 1}⟧`] });
      expect(tokenFault(sent.text.replace(token, `⟦${number}`), sent)).not.toBeNull();
    }), { numRuns: 500 });
  });

  it('takes no longer for a text that was made to be slow', () => {
    for (const hostile of ['a'.repeat(100_000), '>'.repeat(100_000), '{'.repeat(100_000), '1-'.repeat(50_000), 'a@'.repeat(50_000), '⟦'.repeat(50_000), 'AB-'.repeat(33_000), '`'.repeat(100_000), '-- '.repeat(30_000), '\n-- '.repeat(30_000), 'https://'.repeat(12_000), '/'.repeat(100_000), 'A_'.repeat(50_000), '\n> '.repeat(30_000), '.'.repeat(100_000)]) {
      const sent = protect(hostile);
      expect(restore(sent.text, sent)).toBe(hostile);
    }
  });
});
