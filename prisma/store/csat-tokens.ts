import { createHmac, timingSafeEqual } from 'node:crypto';
import { CSAT_OPEN_MS } from '#workflows/domain/csat.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { deriveKey } from './installation-secret.ts';

/** What a link of the question by mail lets its reader answer for. */
export interface CsatTicket {
  readonly teamId: string;
  readonly ticketId: string;
}

/** Makes and checks the tokens in those links, the same in every process. */
export interface CsatTokens {
  /** A function of its arguments, for a mail is the same bytes at every try; good for thirty days from `at`. */
  issue(of: CsatTicket & { at: Instant }): string;
  /** Null for what is no token of ours, or is over. */
  read(token: string, now: Instant): CsatTicket | null;
}

const TOKEN = /^([a-z]+_[0-9A-Za-z]{1,40})\.([a-z]+_[0-9A-Za-z]{1,40})\.([0-9a-z]{1,9})\.([\w-]{43})$/;

/** Signed with a key of its own (RFC 2104), so that no other token of the installation is one. */
export function createCsatTokens(secret: string): CsatTokens {
  const key = deriveKey(secret, 'csat-links');
  const signature = (signed: string) => createHmac('sha256', key).update(signed).digest('base64url');
  return {
    issue({ teamId, ticketId, at }) {
      const signed = `${teamId}.${ticketId}.${Math.floor((at + CSAT_OPEN_MS) / 1_000).toString(36)}`;
      return `${signed}.${signature(signed)}`;
    },

    read(token, now) {
      const [, teamId = '', ticketId = '', until = '', given = ''] = TOKEN.exec(token) ?? [];
      const right = Buffer.from(signature(`${teamId}.${ticketId}.${until}`));
      const said = Buffer.from(given);
      if (right.length !== said.length || !timingSafeEqual(right, said)) return null;
      return Number.parseInt(until, 36) * 1_000 > now ? { teamId, ticketId } : null;
    },
  };
}
