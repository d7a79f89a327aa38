import type { Refusal } from '#workflows/domain/errors.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin, refuseUnlessReader, refuseUnlessWriter } from '../require-role.ts';
import type { Audience } from './route.ts';

/** Null where this principal may call a route of that audience. */
export function refuseUnlessAudience(principal: Principal, who: Audience): Refusal | null {
  switch (who) {
    case 'anyone':
      return null;
    case 'agent_or_reader':
      return null;
    case 'agent_or_writer':
      return principal.kind === 'agent' ? null : refuseUnlessWriter(principal);
    case 'reader':
      return refuseUnlessReader(principal);
    case 'writer':
      return refuseUnlessWriter(principal);
    case 'admin':
      return refuseUnlessAdmin(principal);
    case 'person':
      return principal.kind === 'operator' ? null : refuse('forbidden', 'This belongs to a signed-in person; a key is nobody.');
  }
}

/** The audience in words, for the docs. */
export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  anyone: 'anyone, without a key',
  agent_or_reader: 'every role; an agent key: its own conversations',
  agent_or_writer: 'operator, admin; an agent key: its own conversations',
  reader: 'viewer, operator, admin',
  writer: 'operator, admin',
  admin: 'admin',
  person: 'a signed-in person',
};
