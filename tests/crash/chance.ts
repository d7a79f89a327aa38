/** Chance that repeats: the same seed, the same story. */
export interface Chance {
  /** 0 to n - 1. */
  below(n: number): number;
  /** True in one of n. */
  oneIn(n: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Chance of its own for one actor, so that actors do not change each other's story. */
  of(name: string): Chance;
}

/** Mulberry32, seeded by a hash of the words. */
export function chanceOf(seed: string): Chance {
  let state = hashOf(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick(from) {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    of: (name) => chanceOf(`${seed}/${name}`),
  };
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}
