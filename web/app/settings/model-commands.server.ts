import type { Result } from '#workflows/domain/errors.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What the page "Language and AI" can ask for, by intent. */
export async function modelCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  const text = (name: string) => textOf(form, name).trim() || null;
  const number = (name: string) => (text(name) === null ? null : Number(text(name)?.replace(',', '.')));
  switch (intent) {
    case 'model': {
      const key = textOf(form, 'removeKey') === 'yes' ? null : (text('apiKey') ?? undefined);
      return desk.putModel(
        {
          baseUrl: text('baseUrl'),
          ...(key !== undefined && { key }),
          model: text('model'),
          models: { summary: text('models.summary'), compose: text('models.compose'), translate: text('models.translate'), turn: text('models.turn') },
          monthlyTokens: number('monthlyTokens'),
          priceIn: number('priceIn'),
          priceOut: number('priceOut'),
        },
        Number(textOf(form, 'version')),
      );
    }
    case 'model-test':
      return desk.testModel();
    default:
      return unknownIntent(command);
  }
}
