import { WIDGET_POSITIONS, WIDGET_THEMES } from '#workflows/contract/widgets.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What the pages of web chat can ask for, by intent. */
export async function widgetCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  const id = textOf(form, 'id');
  switch (intent) {
    case 'widget-new':
      return desk.createWidget({ name: textOf(form, 'name'), agentId: textOf(form, 'agentId') || null });
    case 'widget-change':
      return desk.putWidget(id, fieldsIn(form), Number(textOf(form, 'version')));
    case 'widget-delete':
      return desk.deleteWidget(id);
    case 'widget-secret':
      return desk.rotateIdentitySecret(id);
    default:
      return unknownIntent(command);
  }
}

function fieldsIn(form: FormData) {
  return {
    name: textOf(form, 'name'),
    agentId: textOf(form, 'agentId') || null,
    origins: textOf(form, 'origins').split(/[\s,]+/).filter((one) => one !== ''),
    look: {
      title: textOf(form, 'title'),
      greeting: textOf(form, 'greeting').replaceAll('\r\n', '\n'),
      color: textOf(form, 'color'),
      position: WIDGET_POSITIONS.find((one) => one === textOf(form, 'position')) ?? 'right',
      theme: WIDGET_THEMES.find((one) => one === textOf(form, 'theme')) ?? 'auto',
    },
  };
}
