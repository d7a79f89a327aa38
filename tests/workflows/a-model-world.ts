import { aTicketWorld } from '#tests/api/ticket-world.ts';
import type { TicketWorld } from '#tests/api/ticket-world.ts';
import { aModel } from '#tests/support/a-model.ts';
import type { AModel } from '#tests/support/a-model.ts';

/** A world of tickets whose installation has a language model; both end with the world. */
export async function aModelWorld(): Promise<{ readonly world: TicketWorld; readonly model: AModel }> {
  const model = await aModel();
  const world = await aTicketWorld({ llm: model.llm });
  const close = async () => {
    await world.close();
    await model.close();
  };
  return { world: { ...world, close }, model };
}
