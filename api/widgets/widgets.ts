import type { z } from 'zod';
import type { Db, PrismaClient } from '#prisma/client.ts';
import { hasAgent } from '#prisma/store/agents.ts';
import type { SecretBox } from '#prisma/store/secrets.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { forgetIdentitySecret, renewIdentitySecret } from '#prisma/store/widgets/identity-secret.ts';
import { findWidget, insertWidget, listWidgets, removeWidget, updateWidget } from '#prisma/store/widgets/widgets.ts';
import type { WidgetRow } from '#prisma/store/widgets/widgets.ts';
import { createWidget as createWidgetInput, putWidget as putWidgetInput } from '#workflows/contract/widgets.ts';
import type { NewWidgetView, WidgetView } from '#workflows/contract/widgets.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { iso } from '../queries/instants.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { versionConflict } from '../version-conflict.ts';

export interface WidgetDeps {
  readonly prisma: PrismaClient;
  readonly secretBox: SecretBox;
  readonly publicUrl: string;
  readonly now: () => number;
}

const MAX_WIDGETS = 50;
const NO_SUCH_WIDGET = refuse('not_found', 'The team has no such widget.');

/** The team's chats, the oldest first; admins only. */
export async function widgets(deps: WidgetDeps, principal: Principal): Promise<Result<WidgetView[]>> {
  const refused = refuseUnlessAdmin(principal);
  return refused ?? ok((await listWidgets(deps.prisma, principal.teamId)).map((row) => viewOf(deps, row)));
}

export async function widget(deps: WidgetDeps, principal: Principal, id: string): Promise<Result<WidgetView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  return answerOf(deps, deps.prisma, principal.teamId, id);
}

/** Adds a chat; its identity secret is shown this once. Admins only. */
export async function createWidget(deps: WidgetDeps, principal: Principal, input: z.input<typeof createWidgetInput>): Promise<Result<NewWidgetView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(createWidgetInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<NewWidgetView>> => {
    await lockTeam(db, teamId, 'widgets');
    if ((await listWidgets(db, teamId)).length >= MAX_WIDGETS) return refuseField('body.name', `a team has at most ${MAX_WIDGETS} widgets: change or delete one`);
    const unknown = await refuseUnknownAgent(db, teamId, parsed.value.agentId);
    if (unknown) return unknown;
    const id = await insertWidget(db, { ...parsed.value, teamId, at: new Date(deps.now()) });
    const identitySecret = await renewIdentitySecret(db, deps.secretBox, { teamId, id });
    const made = await answerOf(deps, db, teamId, id);
    return made.ok ? ok({ ...made.value, identitySecret }) : made;
  });
}

/** Replaces a chat's settings; admins only. `ifVersion` is the version that was read: any other refuses with `version_conflict`. */
export async function putWidget(deps: WidgetDeps, principal: Principal, id: string, input: z.input<typeof putWidgetInput>, ifVersion: number): Promise<Result<WidgetView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putWidgetInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<WidgetView>> => {
    const before = await findWidget(db, teamId, id);
    if (before === null) return NO_SUCH_WIDGET;
    // Whoever keeps an agent that was archived since changes something else.
    const unknown = parsed.value.agentId === before.agent?.id ? null : await refuseUnknownAgent(db, teamId, parsed.value.agentId);
    if (unknown) return unknown;
    const isChanged = await updateWidget(db, { ...parsed.value, teamId, id, version: ifVersion, at: new Date(deps.now()) });
    return isChanged ? answerOf(deps, db, teamId, id) : versionConflict(before.version, 'this widget');
  });
}

/** Removes a chat from every page; its conversations stay. Admins only. */
export async function deleteWidget({ prisma }: WidgetDeps, principal: Principal, id: string): Promise<Result<null>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return prisma.$transaction(async (db) => {
    if (!(await removeWidget(db, teamId, id))) return NO_SUCH_WIDGET;
    await forgetIdentitySecret(db, { teamId, id });
    return ok(null);
  });
}

/** A new identity secret, shown this once; what the old one signed is refused from now on. Admins only. */
export async function rotateIdentitySecret(deps: WidgetDeps, principal: Principal, id: string): Promise<Result<NewWidgetView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<NewWidgetView>> => {
    const found = await answerOf(deps, db, teamId, id);
    if (!found.ok) return found;
    return ok({ ...found.value, identitySecret: await renewIdentitySecret(db, deps.secretBox, { teamId, id }) });
  });
}

async function answerOf(deps: WidgetDeps, db: Db, teamId: string, id: string): Promise<Result<WidgetView>> {
  const found = await findWidget(db, teamId, id);
  return found === null ? NO_SUCH_WIDGET : ok(viewOf(deps, found));
}

async function refuseUnknownAgent(db: Db, teamId: string, agentId: string | null) {
  if (agentId === null || (await hasAgent(db, teamId, agentId))) return null;
  return refuseField('body.agentId', 'the team has no such agent');
}

function viewOf({ publicUrl }: WidgetDeps, { id, name, agent, origins, look, version, createdAt, changedAt }: WidgetRow): WidgetView {
  const script = new URL('/widget.js', publicUrl).href;
  const snippet = `<script src="${script}" data-widget="${id}" async></script>`;
  return { id, name, agent, origins: [...origins], look, snippet, version, createdAt: iso(createdAt), changedAt: iso(changedAt) };
}
