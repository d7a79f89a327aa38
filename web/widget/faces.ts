import type { CsatScore } from '#workflows/domain/csat.ts';

const FACE = ['M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z', 'M9 9.500h.01', 'M15 9.500h.01'];

/** A face for each answer to "how was it", as the paths of an icon of 24 by 24; the word stands under it. */
export const FACES: Readonly<Record<CsatScore, readonly string[]>> = {
  1: [...FACE, 'M16 17s-1.300-3-4-3-4 3-4 3', 'm7 7 2.500 1', 'm17 7-2.500 1'],
  2: [...FACE, 'M16 16s-1.500-1.800-4-1.800-4 1.800-4 1.800'],
  3: [...FACE, 'M8 15h8'],
  4: [...FACE, 'M8 14s1.500 2 4 2 4-2 4-2'],
  5: [...FACE, 'M7 13h10c0 3-2.200 5-5 5s-5-2-5-5z'],
};
