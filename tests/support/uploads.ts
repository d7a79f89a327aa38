import type { ApiProcess } from './api.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Upload {
  readonly name?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** Uploads a file as a program does; `key` null: the headers say who. */
export async function upload({ url }: Pick<ApiProcess, 'url'>, key: string | null, body: Bytes | ReadableStream, { name = 'form.pdf', type = 'application/pdf', headers = {} }: Upload = {}) {
  const response = await fetch(`${url}/api/v1/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...(key !== null && { authorization: `Bearer ${key}` }), 'content-type': type, ...headers },
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  const said: unknown = await response.json();
  return { status: response.status, headers: response.headers, body: said };
}
