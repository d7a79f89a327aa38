import { findConversation } from '#prisma/store/conversations.ts';
import { whatIsSigned } from '#prisma/store/widgets/identity-secret.ts';
import { adoptVisitor, findVisitor } from '#prisma/store/widgets/visitors.ts';
import type { WidgetRow } from '#prisma/store/widgets/widgets.ts';
import { openSession as openSessionInput } from '#workflows/contract/widget-api.ts';
import type { SessionView } from '#workflows/contract/widget-api.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import { iso } from '../queries/instants.ts';
import { conversationOf, newVisitorSecret, visitorOfSecret, visitorOfUser } from './visitor-id.ts';

type SessionDeps = Pick<AppDeps, 'prisma' | 'secretBox' | 'widgetTokens'>;

/**
 * Says who a page speaks for: a user whom the team's server has signed (P43), else the browser that holds the secret,
 * else somebody new. Nothing is written for who only looks. A forged signature is refused, whatever else is right.
 */
export async function openSession(deps: SessionDeps, widget: WidgetRow, input: unknown): Promise<Result<SessionView>> {
  const parsed = parseInput(openSessionInput, input);
  if (!parsed.ok) return parsed;
  const { user, signature, secret, name = null } = parsed.value;
  if (user === undefined || signature === undefined) {
    const kept = secret === undefined || (await isSpent(deps, widget, visitorOfSecret(widget.id, secret))) ? newVisitorSecret() : secret;
    return answer(deps, widget, { visitorId: visitorOfSecret(widget.id, kept), user: null, name }, kept);
  }
  const { teamId, id } = widget;
  const signed = await whatIsSigned(deps.prisma, deps.secretBox, { teamId, id, user, name, signature });
  if (signed === null) {
    return refuse('forged_identity', 'The signature is not the HMAC-SHA256 of the user, or of the user and the name in two lines, with this widget’s identity secret. Sign on your server, with the newest secret.');
  }
  const visitorId = visitorOfUser(id, user);
  // What they wrote before they signed in is theirs: this browser holds its secret, and their signature is right.
  if (secret !== undefined) await adoptVisitor(deps.prisma, { teamId, from: visitorOfSecret(id, secret), to: visitorId, user });
  // Whoever has a user's signature could call themselves anything beside it.
  return answer(deps, widget, { visitorId, user, name: signed === 'user_and_name' ? name : null }, null);
}

/** What was written under it has gone over to a signed user: who signs out begins anew, and does not read on. */
async function isSpent({ prisma }: SessionDeps, { teamId, id: widgetId }: WidgetRow, visitorId: string): Promise<boolean> {
  if ((await findVisitor(prisma, { teamId, widgetId, visitorId })) !== null) return false;
  return (await findConversation(prisma, teamId, conversationOf(visitorId))) !== null;
}

async function answer({ widgetTokens }: SessionDeps, { id: widgetId, look }: WidgetRow, who: { visitorId: string; user: string | null; name: string | null }, secret: string | null): Promise<Result<SessionView>> {
  const { token, expiresAt } = await widgetTokens.issue({ ...who, widgetId });
  return ok({ token, expiresAt: iso(expiresAt), secret, look });
}
