import type { Result } from '#workflows/domain/errors.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { textOf, textsOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';

/** The New ticket form as a command. */
export function newTicketCommand({ desk, form, key }: Command): Promise<Result<unknown>> {
  const priority = PRIORITIES.find((one) => one === textOf(form, 'priority'));
  const name = textOf(form, 'name').trim();
  const tags = textOf(form, 'tags').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  const [group, language] = [textOf(form, 'group'), textOf(form, 'language')];
  return desk.createTicket(
    {
      subject: textOf(form, 'subject'),
      text: textOf(form, 'text'),
      requester: { email: textOf(form, 'email'), ...(name && { name }) },
      ...(priority && { priority }),
      ...(tags.length > 0 && { tags }),
      skills: textsOf(form, 'skill'),
      ...(group && { group }),
      ...(language && { language }),
      assignee: textOf(form, 'assignee') || null,
      author: textOf(form, 'author') === 'operator' ? 'operator' : 'customer',
    },
    key,
  );
}
