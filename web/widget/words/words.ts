import { CSAT_WORDS_IN } from '#workflows/contract/csat-words.ts';
import type { CsatWords } from '#workflows/contract/csat-words.ts';
import { customerLanguage } from '#workflows/contract/customer-language.ts';
import type { CustomerLanguage } from '#workflows/contract/customer-language.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { pl } from './pl.ts';
import { pt } from './pt.ts';

/** What the chat itself says, in one language; everything else in it is the team's or the visitor's. */
export interface ChatWords {
  readonly write: string;
  readonly message: string;
  readonly attach: string;
  readonly send: string;
  readonly leaveOut: (file: string) => string;
  readonly uploading: (file: string) => string;
  readonly rateAway: string;
  readonly rateComment: string;
  readonly rateSend: string;
  readonly rateTold: string;
  readonly nobodyHere: string;
  readonly whereLater: string;
  readonly offerEmail: string;
  readonly emailAway: string;
  readonly save: string;
  readonly weWrite: (email: string) => string;
  readonly change: string;
  readonly messages: string;
  readonly kept: string;
  readonly sending: string;
  /** Under their last message: somebody of the team has read it. */
  readonly seen: string;
  readonly notSent: (why: string) => string;
  readonly remove: string;
  readonly again: string;
  readonly you: string;
  readonly ai: string;
  readonly close: string;
  readonly closes: (title: string) => string;
  readonly unread: (title: string, count: number) => string;
  readonly withAi: (name: string) => string;
  readonly withPerson: (name: string) => string;
  readonly typing: (name: string) => string;
  readonly joined: (name: string) => string;
  readonly back: (name: string) => string;
  readonly offline: string;
  readonly keptOne: string;
  readonly keptMany: string;
  readonly tryLater: string;
  readonly tooLarge: string;
  readonly filesWait: string;
  readonly filesToday: string;
  readonly noEmail: string;
  readonly refused: string;
}

export interface Words extends ChatWords {
  readonly language: CustomerLanguage;
  readonly csat: CsatWords;
}

const IN: Readonly<Record<CustomerLanguage, ChatWords>> = { en, de, fr, es, it, pt, nl, pl };

/** The words in the first of these languages that we know, or in English. */
export function wordsIn(...tags: readonly (string | null | undefined)[]): Words {
  const language = customerLanguage(...tags);
  return { ...IN[language], language, csat: CSAT_WORDS_IN[language] };
}
