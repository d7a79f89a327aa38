import { z } from 'zod';
import { CSAT_ASKING } from '../domain/csat.ts';
import { VOCABULARIES } from '../domain/labels.ts';
import { AFTER_RESOLVE, DEFAULT_POLICY, ON_ESCALATE, type Policy } from '../domain/policy.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { AGENT_KINDS } from './agent-kind.ts';
import { idOf } from './ids.ts';
import { zoneName } from './people-time.ts';
import { teamRouting } from './routing.ts';
import { knownLanguage } from './known-language.ts';
import { body, emailAddress, line, optionalBody, optionalLine, slug } from './text.ts';

export const ROLES = ['admin', 'operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];
export const KEY_ROLES = ['agent', ...ROLES] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

const handoverCase = z.strictObject({
  key: slug,
  when: line(500),
  action: z.enum(['escalate', 'never']).default('escalate'),
  priority: z.enum(PRIORITIES).default('normal'),
  skills: z.array(slug).max(20).default([]),
  group: slug.nullable().default(null),
});

const ladder = z
  .array(z.strictObject({ day: z.number().min(0.01).max(365), action: z.enum(['remind', 'resolve']) }))
  .max(10)
  .refine((steps) => steps.every((step, i) => i === 0 || step.day > (steps[i - 1]?.day ?? 0)), 'days must grow from step to step')
  .refine((steps) => steps.every((step, i) => step.action === 'remind' || i === steps.length - 1), 'resolve must be the last step');

const shape = {
  helpDesk: z.boolean(),
  handoverCases: z
    .array(handoverCase)
    .max(50)
    .refine((cases) => new Set(cases.map((one) => one.key)).size === cases.length, 'each case needs a key of its own'),
  defaultPriority: z.enum(PRIORITIES),
  onEscalate: z.enum(ON_ESCALATE),
  holdingMessage: body(2_000),
  holdingEveryMinutes: z.number().int().min(1).max(1_440),
  autoResumeMinutes: z.number().int().min(1).max(43_200).nullable(),
  afterResolve: z.enum(AFTER_RESOLVE),
  reopenWindowDays: z.number().min(0.01).max(365),
  csat: z.enum(CSAT_ASKING),
  autoCloseLadder: ladder,
  reminderMessage: body(2_000),
  turnMinutes: z.number().min(0.1).max(1_440),
  scheduleId: idOf('schedule').nullable(),
  outOfHoursMessage: optionalBody(2_000).refine((text) => text === '' || text.includes('{opening}'), 'must say {opening} where the next opening goes, or be empty'),
  translation: z.boolean(),
  assignment: teamRouting,
} satisfies Record<keyof Policy, z.ZodType>;

/** What a team or an agent sets; everything left out is inherited (agent from team, team from the defaults). */
export const policyOverrides = z.strictObject(shape).partial();
export type PolicyOverrides = z.infer<typeof policyOverrides>;

/** PUT takes the whole set of overrides: what is left out is inherited again. */
export const putPolicy = z.strictObject({ overrides: policyOverrides });
export const POLICY_DEFAULTS: Policy = DEFAULT_POLICY;

export const createAgent = z.strictObject({ name: line(100), kind: z.enum(AGENT_KINDS).default('external') });
export const changeAgent = z.strictObject({ name: line(100) });

const addressFields = {
  agentId: idOf('agent').nullable(),
  fromName: optionalLine(100),
  signature: optionalBody(2_000),
  isDefault: z.boolean(),
};
export const createAddress = z.strictObject({
  address: emailAddress,
  agentId: addressFields.agentId.default(null),
  fromName: addressFields.fromName.default(''),
  signature: addressFields.signature.default(''),
  isDefault: addressFields.isDefault.default(false),
});
// Without the defaults: zod 4 applies them inside optional fields too, and a change of one field would reset the others.
export const changeAddress = z.strictObject(addressFields).partial();

export const changeTeam = z.strictObject({
  name: line(100).optional(),
  vocabulary: z.enum(VOCABULARIES).optional(),
  monthlyTokens: z.number().int('must be a whole number').min(0).max(2_000_000_000).nullable().optional(),
});
export const invite = z.strictObject({ email: emailAddress, name: line(200), role: z.enum(ROLES) });
export const changeOperator = z
  .strictObject({
    name: line(200).optional(),
    role: z.enum(ROLES).optional(),
    signature: optionalBody(2_000).optional(),
    zone: zoneName.optional(),
    locale: knownLanguage.optional().meta({ description: 'The language this person reads: messages in others are translated into it, and dates are written as it does.' }),
    disabled: z.boolean().optional(),
    replaceBy: idOf('operator')
      .nullable()
      .optional()
      .meta({ description: 'With `disabled: true` or `role: viewer`: who is told of escalations and of late clocks instead, wherever a policy names this person; null: whom the policy tells without a choice of its own, of clocks the admins.' }),
  })
  .refine(({ replaceBy, disabled, role }) => replaceBy === undefined || disabled === true || role === 'viewer', {
    path: ['replaceBy'],
    message: 'goes with disabled: true or role: viewer, and with nothing else',
  });
export const createKey = z
  .strictObject({ name: line(100), role: z.enum(KEY_ROLES), agentId: idOf('agent').optional() })
  .refine((key) => (key.role === 'agent') === (key.agentId !== undefined), {
    path: ['agentId'],
    message: 'must be given for role agent, and for no other',
  });
export const changeRequester = z.strictObject({
  name: line(200).optional(),
  language: knownLanguage.nullable().optional().meta({ description: 'Stays as it is set, whatever they write in. null: it is detected again.' }),
  zone: line(64).nullable().optional(),
});
