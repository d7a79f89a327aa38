/** The ticket number that a subject names as `[#12]`, the last one if there are several; null where there is none. */
export function readSubjectNumber(subject: string): number | null {
  const last = [...subject.matchAll(/\[#(\d{1,9})\]/g)].at(-1)?.[1];
  return last === undefined || Number(last) === 0 ? null : Number(last);
}

const REPLY_PREFIX = /^\s*(?:(?:re|aw|antw|sv|vs|rif|r|odp|ynt|回复|回覆|返信|답장)(?:\[\d+\])?\s*[:：]\s*)+/i;
const FORWARD_PREFIX = /^\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vl|pd|转发|轉寄|転送|전달)\s*[:：]/i;

/** The subject without Re: and its relatives and without our number. */
export function bareSubject(subject: string): string {
  return subject.replace(/\s*\[#\d{1,9}\]/g, '').replace(REPLY_PREFIX, '').trim();
}

/** Whether the subject says that the mail was passed on: Fwd:, WG:, TR: ... */
export function isForwardSubject(subject: string): boolean {
  return FORWARD_PREFIX.test(subject.replace(/^\s*(?:\[[^\]]{1,40}\]\s*)*/, ''));
}
