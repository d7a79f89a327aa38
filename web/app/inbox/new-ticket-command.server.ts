import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { textOf, textsOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';
import type { Reader } from './use-reader.ts';

/** The New ticket form as a command. */
export function newTicketCommand({ desk, form, key }: Command): Promise<Result<unknown>> {
  const priority = PRIORITIES.find((one) => one === textOf(form, 'priority'));
  const name = textOf(form, 'name').trim();
  const tags = textOf(form, 'tags').split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  const [group, language, reads] = [textOf(form, 'group'), textOf(form, 'language'), textOf(form, 'reads')];
  return desk.createTicket(
    {
      ...wordsIn(form),
      requester: { email: textOf(form, 'email'), ...(name && { name }), ...(reads && { language: reads }) },
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

/** What they will read where that is a translation which was looked at; else what was written. */
function wordsIn(form: FormData) {
  const [subject, text, sourceLanguage] = [textOf(form, 'subject'), textOf(form, 'text'), textOf(form, 'sourceLanguage')];
  // Not by its text: a translation that somebody emptied must not send what it was made of.
  if (sourceLanguage === '') return { subject, text };
  const translation = { sourceText: text, sourceSubject: subject, sourceLanguage, language: textOf(form, 'reads') };
  return { subject: textOf(form, 'translatedSubject'), text: textOf(form, 'translatedText'), translation };
}

/** What it would say in the language of whoever reads it. */
export function translateFirst({ desk, form }: Command): Promise<Result<unknown>> {
  return desk.translateFirstMessage({ subject: textOf(form, 'subject'), text: textOf(form, 'text'), to: textOf(form, 'to') });
}

/** Whoever a ticket with this address would belong to; null: nobody who is known. */
export async function readerAt({ desk, form }: Command): Promise<Result<Reader | null>> {
  const found = await desk.requesters({ email: textOf(form, 'email'), limit: 1 });
  // The form itself says what is wrong with an address, once it is sent.
  if (!found.ok) return found.code === 'invalid' ? ok(null) : found;
  const [known] = found.value.items;
  return ok(known === undefined ? null : { name: known.name, language: known.language, source: known.languageSource });
}
