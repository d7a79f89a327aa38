import type { Request } from 'express';
import { findVisitor } from '#prisma/store/widgets/visitors.ts';
import { prepared } from '#prisma/transaction.ts';
import type { WidgetRow } from '#prisma/store/widgets/widgets.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Visitor } from './tokens.ts';
import { conversationOf } from './visitor-id.ts';

/** A visitor on a page of the widget, and the one conversation that they have there, begun or not. */
export interface Visit {
  readonly widget: WidgetRow;
  readonly visitor: Visitor;
  readonly conversationId: string;
  /** Null: they have not written yet, and nothing of theirs is stored. */
  readonly requesterId: string | null;
  /** Milliseconds since 1970. */
  readonly tokenEndsAt: number;
}

/** Whose token it is, in this widget; `unauthenticated` sends the page to a new session. */
export async function visitOf(deps: Pick<AppDeps, 'prisma' | 'widgetTokens'>, widget: WidgetRow, request: Request): Promise<Result<Visit>> {
  const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const visitor = token === undefined ? null : await deps.widgetTokens.read(token, widget.id);
  if (visitor === null) return refuse('unauthenticated', 'The token is none of this widget’s, or it is over. Open a new session.');
  const { visitorId, expiresAt } = visitor;
  const row = await findVisitor(prepared(deps.prisma), { teamId: widget.teamId, widgetId: widget.id, visitorId });
  const conversationId = row?.conversationId ?? conversationOf(visitorId);
  return ok({ widget, visitor, conversationId, requesterId: row?.requesterId ?? null, tokenEndsAt: expiresAt });
}

/** The same visit, with what it has begun since. */
export async function visitAgain({ prisma }: Pick<AppDeps, 'prisma'>, visit: Visit): Promise<Visit> {
  if (visit.requesterId !== null) return visit;
  const { widget: { teamId, id: widgetId }, visitor: { visitorId } } = visit;
  const row = await findVisitor(prepared(prisma), { teamId, widgetId, visitorId });
  return row === null ? visit : { ...visit, requesterId: row.requesterId };
}
