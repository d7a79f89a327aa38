import { z } from 'zod';

/** Ids are prefixed strings: a reader of a log knows what they name. 22 characters of base 62 follow the prefix. */
export const ID_PREFIXES = {
  team: 'team',
  ticket: 'tkt',
  conversation: 'cnv',
  message: 'msg',
  agent: 'agt',
  operator: 'opr',
  requester: 'req',
  key: 'key',
  address: 'adr',
  mail: 'mail',
  attachment: 'att',
  invitation: 'inv',
  notification: 'ntf',
  schedule: 'sch',
  lease: 'lse',
  webhook: 'whk',
  webhookDelivery: 'whd',
  knowledge: 'knw',
  widget: 'wgt',
  visitor: 'vis',
  translation: 'trn',
  compose: 'cmp',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

/** Accepts exactly the ids of that kind. */
export function idOf(kind: IdKind) {
  return z
    .string()
    .regex(new RegExp(`^${ID_PREFIXES[kind]}_[0-9A-Za-z]{8,40}$`), `must be an id that starts with ${ID_PREFIXES[kind]}_`)
    .meta({ example: `${ID_PREFIXES[kind]}_4kQ9ZsT1vY7bN2mXw8Lr3D` });
}
