import { createAgent } from '#api/agents/agents.ts';
import type { Principal } from '#api/principal.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import type { ApiProcess } from './api.ts';
import { aTeam, value } from './team.ts';
import { aShopPage, SHOP } from './widget.ts';
import type { PageWishes, ShopPage } from './widget.ts';

interface ShopWishes {
  /** A team that is there already. */
  readonly of?: Awaited<ReturnType<typeof aTeam>>;
  /** False: nobody but people answers in its web chat. */
  readonly withAgent?: boolean;
}

/** A team with a web chat on a shop's pages, which its AI agent Robin answers, and the pages of its visitors. */
export async function aShopTeam({ deps, url }: Pick<ApiProcess, 'deps' | 'url'>, { of, withAgent = true }: ShopWishes = {}) {
  const { team, admin, person } = of ?? (await aTeam(deps));
  const agent = value(await createAgent(deps, admin.principal, { name: 'Robin' }));
  const widget = value(await createWidget(deps, admin.principal, { name: 'Shop', agentId: withAgent ? agent.id : null, origins: [SHOP] }));
  const robin: Principal = { kind: 'agent', teamId: team.id, keyId: 'key_robin', agentId: agent.id };
  const page = (wishes: Partial<PageWishes> = {}): Promise<ShopPage> => aShopPage({ url, widgetId: widget.id, ...wishes });
  return { team, admin, person, agent, robin, widget, page };
}
