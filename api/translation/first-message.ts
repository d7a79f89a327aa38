import type { z } from 'zod';
import type { CreateTicket } from '#workflows/contract/commands.ts';
import { MOST_SUBJECT } from '#workflows/contract/text.ts';
import { translateFirstMessage as translateFirstMessageInput } from '#workflows/contract/translation.ts';
import type { TranslatedFirstMessage } from '#workflows/contract/translation.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { inTheirLanguage, UNDETERMINED } from './in-their-language.ts';
import type { Outgoing } from './in-their-language.ts';
import { translatedFor } from './translate-text.ts';

/** What a ticket begins with: a customer's words, or what we write to them. */
export interface FirstMessage extends Outgoing {
  /** What the team calls it, and what the mails say. */
  readonly subject: string;
  readonly mailSubject: string;
}

/** A customer's own words are never changed. */
export function asTheyWrote({ subject, text }: CreateTicket, language: string | null): FirstMessage {
  return { subject, mailSubject: subject, text, language, source: null };
}

/** P47: the first message as its reader gets it. A mail's subject is read first of all: it is translated along with the text. */
export async function firstInTheirLanguage(deps: TicketDeps, principal: Principal, said: CreateTicket): Promise<Result<FirstMessage>> {
  const made = await inTheirLanguage(deps, principal, settingsOf(principal), said);
  if (!made.ok) return made;
  const { subject, translation, translateTo } = said;
  if (translateTo === undefined) return ok({ ...made.value, subject: translation?.sourceSubject ?? subject, mailSubject: subject });
  const from = made.value.source?.language ?? UNDETERMINED;
  const mailSubject = await subjectIn(deps, principal, { subject, to: translateTo, from: from === UNDETERMINED ? null : from });
  return mailSubject.ok ? ok({ ...made.value, subject, mailSubject: mailSubject.value }) : mailSubject;
}

/** What it would say, before there is a ticket. Nothing is sent; the same again is the same translation. */
export async function translateFirstMessage(deps: TicketDeps, principal: Principal, input: z.input<typeof translateFirstMessageInput>): Promise<Result<TranslatedFirstMessage>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(translateFirstMessageInput, input);
  if (!parsed.ok) return parsed;
  const { subject, ...wish } = parsed.value;
  const made = await translatedFor(deps, principal, settingsOf(principal), wish);
  if (!made.ok) return made;
  const theirs = await subjectIn(deps, principal, { subject, to: wish.to, from: made.value.sourceLanguage });
  return theirs.ok ? ok({ ...made.value, subject: theirs.value }) : theirs;
}

/** A few words tell no language: the text's own says what the subject is in. */
async function subjectIn(deps: TicketDeps, principal: Principal, { subject, to, from }: { subject: string; to: string; from: string | null }): Promise<Result<string>> {
  const made = await translatedFor(deps, principal, settingsOf(principal), { text: subject, to, ...(from !== null && { from }) });
  // Where the text told nothing either, a subject that is theirs already stays.
  if (!made.ok) return made.code === 'invalid' ? ok(subject) : made;
  return ok(asSubject(made.value.text) || subject);
}

/** One line of whole characters, as a subject may be: it becomes a header of a mail, and comes back to us from whoever looked at it. */
function asSubject(text: string): string {
  return text.replaceAll(/[\s\u0085]+/g, ' ').trim().slice(0, MOST_SUBJECT).replace(/[\uD800-\uDBFF]$/, '').trimEnd();
}

/** No AI serves a conversation that we begin: the team's own settings hold. */
function settingsOf({ teamId }: Principal): { teamId: string; agentId: null } {
  return { teamId, agentId: null };
}
