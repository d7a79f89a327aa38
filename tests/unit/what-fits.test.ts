import { describe, expect, it } from '@jest/globals';
import { whatFits } from '#activities/agents/what-fits.ts';

const lines = (...texts: string[]) => texts.map((text, id) => ({ id, text }));
const ids = (kept: readonly { readonly id: number }[]) => kept.map(({ id }) => id);

describe('what an agent is told of a conversation', () => {
  it('is everything where that is short, and the newest where it is not', () => {
    expect(ids(whatFits(lines('c', 'b', 'a')))).toEqual([0, 1, 2]);
    expect(ids(whatFits(lines('c', 'b'.repeat(79_000), 'a'.repeat(1_000), 'left out as well')))).toEqual([0, 1]);
    expect(whatFits([])).toEqual([]);
  });

  it('has the newest message always, cut at a whole character where it is too long, which it says', () => {
    expect(whatFits(lines('x'.repeat(79_900)))).toEqual(lines('x'.repeat(79_900)));
    for (const text of ['🙂'.repeat(50_000), `x${'🙂'.repeat(50_000)}`]) {
      const [newest, ...older] = whatFits(lines(text, 'older'));
      expect(older).toEqual([]);
      expect(newest?.text).toMatch(/🙂\ufffd?\n\[Cut here\. The whole text has 10000[01] characters\.\]$/);
      expect(newest?.text).not.toMatch(/\p{Surrogate}/u);
      expect(newest?.text.length).toBe(79_900);
    }
  });

  it('has it behind what was done since, which says nothing', () => {
    const kept = whatFits(lines('', '', 'x'.repeat(100_000), 'older'));
    expect(ids(kept)).toEqual([0, 1, 2]);
    expect(kept[2]?.text.length).toBe(79_700);
  });
});
