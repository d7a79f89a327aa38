import type { IncomingHttpHeaders } from 'node:http';

/** Node's headers as the web's, which sign-in reads. */
export function webHeaders(headers: IncomingHttpHeaders): Headers {
  const answer = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    for (const one of Array.isArray(value) ? value : [value]) answer.append(name, one);
  }
  return answer;
}
