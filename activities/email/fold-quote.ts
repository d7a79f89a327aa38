/** A text in two: what is shown, and what folds away. `visible + quoted` is always the whole text. */
export interface FoldedText {
  readonly visible: string;
  readonly quoted: string;
}

const LONGEST_LINE = 400;

/** "On Monday Ada wrote:" in the languages that mail programs speak. */
const ATTRIBUTIONS: readonly RegExp[] = [
  /^On\b.{3,}\bwrote\s?:$/i,
  /^(?:Am|Den)\b.{3,}\bschrieb\b.{0,120}:$/i,
  /^Le\b.{3,}\ba (?:é|e)crit\s?:$/i,
  /^El\b.{3,}\bescribi(?:ó|o)\s?:$/i,
  /^(?:Il|Il giorno)\b.{3,}\bha scritto\s?:$/i,
  /^Op\b.{3,}\bschreef\b.{0,120}:$/i,
  /^(?:Em|A)\b.{3,}\bescreveu\s?:$/i,
  /^W dniu\b.{3,}\bnapisa(?:ł|l).{0,120}:$/i,
  /^(?:Den|På)\b.{3,}\b(?:skrev|wrote)\b.{0,120}:$/i,
  /^Dne\b.{3,}\bnapsal\(?a?\)?.{0,120}:$/i,
];

/** The same where no word opens it, so that only a whole line can be told from what somebody wrote. */
const ONE_LINE_ATTRIBUTIONS: readonly RegExp[] = [
  /^.{3,}\bschrieb am\b.{3,}:$/i,
  /^.{3,}\bkirjoitti\b.{0,120}:$/i,
  /^.{3,}\btarihinde\b.{1,}\byazdı\s?:$/i,
  /^.{3,}(?:пишет|написала?|писал\(а\))\s?:$/i,
  /^.{3,}(?:写道|寫道|書きました|のメール)\s?[:：]$/,
  /^.{3,}(?:작성|썼습니다)\s?[:：]$/,
];

/** Lines after which everything is the older mail. */
const SEPARATORS: readonly RegExp[] = [
  /^[-_ ]{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|исходное сообщение|пересылаемое сообщение|元のメッセージ|原始邮件|wiadomość oryginalna)\s*[-_ ]{2,}$/i,
  /^_{20,}$/,
];

const FROM_LINE = /^\*?(?:from|von|de|da|van|fra|från|od|от|差出人|发件人)\*?\s?[:：]\*?\s?\S/i;
const NEXT_LINES =
  /^\*?(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|wysłano|do|temat|отправлено|дата|кому|тема|送信日時|宛先|件名|发送时间|收件人|主题)\*?\s?[:：]/i;

/**
 * Folds the older mail below a reply by simple rules. Answers written between quoted lines stay in sight, and a text
 * that would be all quote is shown whole; so is what somebody forwards, for there the older mail is the message.
 */
export function foldQuote(text: string, options: { isForward?: boolean } = {}): FoldedText {
  const whole = { visible: text, quoted: '' };
  if (options.isForward === true) return whole;
  const lines = text.split('\n');
  const start = quoteStart(lines);
  if (start === null) return whole;
  const visible = lines.slice(0, start).join('\n');
  if (visible.trim() === '') return whole;
  return { visible: `${visible}\n`, quoted: lines.slice(start).join('\n') };
}

function quoteStart(lines: readonly string[]): number | null {
  const below = quotesBelow(lines);
  const restIsQuote = (from: number) => below[from]?.isQuote === true;
  for (const [index, line] of lines.entries()) {
    if (line.length > LONGEST_LINE) continue;
    const trimmed = line.trim();
    if (isSeparator(lines, index, trimmed) || isHeaderBlock(lines, index, trimmed)) return index;
    const span = attributionSpan(lines, index);
    if (span > 0 && restIsQuote(index + span)) return index;
    if (isQuoted(line) && restIsQuote(index)) return index;
  }
  return null;
}

/** A line of underscores alone may be decoration; above a From line it is a mail program's. */
function isSeparator(lines: readonly string[], index: number, line: string): boolean {
  if (line.startsWith('_') && /^_+$/.test(line)) {
    const next = lines.slice(index + 1, index + 4).find((one) => one.trim() !== '') ?? '';
    return line.length >= 20 && FROM_LINE.test(next.trim());
  }
  return SEPARATORS.some((pattern) => pattern.test(line));
}

/** From, Sent, To, Subject one under the other, as some programs open the older mail without a word. */
function isHeaderBlock(lines: readonly string[], index: number, line: string): boolean {
  if (!FROM_LINE.test(line)) return false;
  const below = lines.slice(index + 1, index + 6).map((one) => one.trim());
  return below.filter((one) => NEXT_LINES.test(one)).length >= 2;
}

/** How many lines an attribution takes that begins here, 0 where none does; long names wrap over up to three. */
function attributionSpan(lines: readonly string[], index: number): number {
  for (let span = 1; span <= 3; span += 1) {
    const taken = lines.slice(index, index + span).map((line) => line.trim());
    const joined = taken.join(' ');
    if (joined.length > LONGEST_LINE || taken.includes('')) return 0;
    const patterns = span === 1 ? [...ATTRIBUTIONS, ...ONE_LINE_ATTRIBUTIONS] : ATTRIBUTIONS;
    if (/[:：]$/.test(joined)) return patterns.some((pattern) => pattern.test(joined)) ? span : 0;
  }
  return 0;
}

interface Below {
  readonly allQuoted: boolean;
  readonly noneQuoted: boolean;
  readonly isQuote: boolean;
}

/**
 * For each line whether what stands from there on is an older mail: with `>` below, all of it must be quoted, or
 * somebody answered in between; without any, all below is the older mail. One pass from the end: texts can be long.
 */
function quotesBelow(lines: readonly string[]): Below[] {
  const result: Below[] = [];
  let below: Below = { allQuoted: true, noneQuoted: true, isQuote: false };
  for (const line of lines.toReversed()) {
    if (line.trim() !== '') {
      const quoted = isQuoted(line);
      const allQuoted = below.allQuoted && quoted;
      const noneQuoted = below.noneQuoted && !quoted;
      below = { allQuoted, noneQuoted, isQuote: allQuoted || noneQuoted };
    }
    result.push(below);
  }
  return result.reverse();
}

function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}
