/** Pieces that have confused MIME parsers before. */
const TOKENS = [
  '\r\n\r\n',
  '--b1',
  '--b1--',
  '\0',
  '=?utf-8?B?//8=?=',
  'Content-Type: message/rfc822\r\n',
  'Content-Type: text/html\r\n',
  'Content-Type:\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: uuencode\r\n',
  'charset=iso-2022-jp',
  'charset="euc-jp"',
  'charset=utf-7',
  'charset=utf-16',
  '<',
  '>',
  ';',
  '"',
  'From: \r\n',
  'To: ,,,;\r\n',
  'Date: \r\n',
  'Subject: =?x?Q?=FF?=\r\n',
  'References: <\r\n',
  'boundary=""',
  '@',
  'xn--',
  'format=flowed; delsp=yes',
  "name*0*=utf-8''%E2; name*1*=%82",
  'Content-Disposition: inline\r\n',
  'List-Id: \r\n',
  'List-Unsubscribe: ,\r\n',
  'Content-ID:\r\n',
];

/** Numbers from 0 to 1 that are the same for the same seed, so that a failure can be met again. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A mail damaged in up to six places: cut, spliced with another, flipped bytes, stray MIME words. */
export function damagedMail(mails: readonly Buffer[], random: () => number): Buffer {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  let mail: Buffer = Buffer.from(pick(mails) ?? '');
  for (let times = 1 + Math.floor(random() * 6); times > 0; times -= 1) {
    const at = Math.floor(random() * (mail.length + 1));
    const kind = random();
    if (kind < 0.35) mail = spliced(mail, at, 0, Buffer.from(pick(TOKENS) ?? ''));
    else if (kind < 0.55) mail = spliced(mail, at, Math.floor(random() * 40), Buffer.alloc(0));
    else if (kind < 0.75) {
      const other = pick(mails) ?? Buffer.alloc(0);
      const from = Math.floor(random() * other.length);
      mail = spliced(mail, at, 0, other.subarray(from, from + Math.floor(random() * 300)));
    } else if (kind < 0.9 && mail.length > 0) mail[Math.floor(random() * mail.length)] = Math.floor(random() * 256);
    else mail = mail.subarray(0, at);
  }
  return mail;
}

function spliced(mail: Buffer, at: number, remove: number, add: Buffer): Buffer {
  return Buffer.concat([mail.subarray(0, at), add, mail.subarray(at + remove)]);
}
