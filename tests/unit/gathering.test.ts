import { createGathering } from '#api/widget/gathering.ts';

describe('widgets that come back together', () => {
  it('one that comes alone is written at once, and a crowd behind it in one write, each once (P40)', async () => {
    const writes: (readonly number[])[] = [];
    let finish: () => void = () => undefined;
    const add = createGathering<number>(async (items) => {
      writes.push(items);
      await new Promise<void>((resolve) => (finish = resolve));
    });
    const first = add(0);
    await Promise.resolve().then(() => undefined);
    const crowd = Array.from({ length: 1_000 }, (_, index) => add(index + 1));
    expect(writes).toEqual([[0]]);
    finish();
    await first;
    expect(writes.map(({ length }) => length)).toEqual([1, 1_000]);
    finish();
    await Promise.all(crowd);
    expect(writes.flat()).toEqual(Array.from({ length: 1_001 }, (_, index) => index));
  });

  it('a write that fails fails those that it had, and nobody behind them', async () => {
    const writes: (readonly string[])[] = [];
    let fail: (error: Error) => void = () => undefined;
    const add = createGathering<string>((items) => {
      writes.push(items);
      return items.includes('Carla') ? new Promise((_resolve, reject) => (fail = reject)) : Promise.resolve();
    });
    const carla = add('Carla');
    await Promise.resolve().then(() => undefined);
    const behind = [add('Dmitri'), add('Eva')];
    fail(new Error('the database is away'));
    await expect(carla).rejects.toThrow('the database is away');
    await Promise.all(behind);
    expect(writes).toEqual([['Carla'], ['Dmitri', 'Eva']]);
  });
});
