import { z } from 'zod';

/** Where we post to: an address of http or https, without credentials in it. */
export const receiverUrl = z
  .string()
  .trim()
  .max(2_000, 'must be at most 2000 characters')
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), { error: 'must be an address that starts with https:// or http://, like https://example.com/baton', abort: true })
  .refine((text) => new URL(text).username === '' && new URL(text).password === '', 'must carry no user name or password')
  .transform((text) => new URL(text).href);
