import { z } from 'zod';
import { ASSIGNEE_ABSENCES, CAP_COUNTS, ROUTING_MODES } from '../domain/routing-policy.ts';
import type { AgentRouting, RoutingPolicy } from '../domain/routing-policy.ts';
import { idOf } from './ids.ts';
import { idleMinutes } from './people-time.ts';
import { line, slug } from './text.ts';

// Assignment as admins write it (P18 to P24): names and limits; the defaults and what contradicts what are the domain's.

const MAX_SKILLS = 50;
const YEAR_MINUTES = 525_600;

const distinct = (list: readonly string[]) => new Set(list).size === list.length;
export const skills = z.array(slug).max(MAX_SKILLS, `must be at most ${MAX_SKILLS} skills`).refine(distinct, 'must name each skill once');
export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag like de or pt-BR (BCP 47)')
  .meta({ description: 'A BCP 47 tag; its primary language is what people are asked for.', example: 'de' });
export const languages = z.array(language).max(20, 'must be at most 20 languages').refine(distinct, 'must name each language once');

function minutes(least: number) {
  return z
    .int('must be whole minutes')
    .min(least, `must be ${least} or more minutes, or null for never`)
    .max(YEAR_MINUTES, 'must be at most a year of minutes')
    .nullable();
}

/** P24. */
export const escalateTo = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('admins') }),
    z.strictObject({ kind: z.literal('operator'), id: idOf('operator') }),
    z.strictObject({ kind: z.literal('group'), key: slug }),
  ],
  { error: 'must have a kind: admins, operator (with id) or group (with key)' },
);

const agentShape = {
  mode: z.enum(ROUTING_MODES),
  eligibleGroup: slug.nullable(),
  skills,
  languages,
  relaxAfterMinutes: minutes(0),
  pickUpMinutes: minutes(1),
  pickUpRounds: z.int('must be a whole number').min(1, 'must be 1 to 20 rounds').max(20, 'must be 1 to 20 rounds'),
  unassignedMinutes: minutes(1),
  escalateTo,
  nextShiftFallback: z.boolean(),
} satisfies Record<keyof AgentRouting, z.ZodType>;

const teamShape = {
  ...agentShape,
  reassignReplies: z.array(z.enum(ASSIGNEE_ABSENCES)).max(ASSIGNEE_ABSENCES.length).refine(distinct, 'must name each absence once'),
  capCounts: z.enum(CAP_COUNTS),
  rampPerMinute: z.int('must be a whole number').min(1, 'must be 1 to 1000 tickets a minute, or null for no ramp').max(1_000, 'must be 1 to 1000 tickets a minute, or null for no ramp').nullable(),
  idleMinutes,
} satisfies Record<keyof RoutingPolicy, z.ZodType>;

/** What a team sets; what is left out has its default. */
export const teamRouting = z.strictObject(teamShape).partial();
/** What an agent overrides; what is left out is the team's (P18). */
export const agentRouting = z.strictObject(agentShape).partial();

/** P19: null = none, 0 = nothing automatic. */
export const cap = z.int('must be a whole number of tickets').min(0, 'must be 0 or more tickets, or null for no cap').max(10_000, 'must be at most 10000 tickets').nullable();

/** What the router knows of somebody. */
export const operatorRouting = z.strictObject({ cap, skills, languages }).partial();
/** The same as a whole, for PUT. */
export const putOperatorRouting = z.strictObject({ cap, skills, languages });

const members = z.array(idOf('operator')).max(1_000, 'must be at most 1000 members').refine(distinct, 'must name each operator once');
/** A named set of a team's operators; its key is what policies and tickets name. */
export const createGroup = z.strictObject({ key: slug, name: line(100), members: members.default([]) });
export const changeGroup = z.strictObject({ name: line(100).optional(), members: members.optional() });
