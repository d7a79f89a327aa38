import { z } from 'zod';
import { createAddress } from '#api/agents/addresses.ts';
import { issueKey } from '#api/keys/keys.ts';
import { aBrowser, ask, type TestApi } from './api.ts';
import { aShopTeam } from './shop-team.ts';
import { aTeam, value } from './team.ts';
import { waitFor } from './wait-for.ts';
import { SHOP } from './widget.ts';

const kept = z.object({ id: z.string() });

/** A team with a mail address, and a program of it with a key. */
export async function anOfficeOf(api: TestApi) {
  const { team, admin, person } = await aTeam(api.deps);
  value(await createAddress(api.deps, admin.principal, { address: `help@${team.slug}.example`, isDefault: true }));
  const issued = value(await issueKey(api.deps, team.id, { name: 'Program', role: 'operator' }));
  const email = `jane@${team.slug}.customer.example`;
  const aTicket = async () => kept.parse((await ask(api, 'POST /tickets', { key: issued.key, body: { subject: 'Lamp', text: 'It is dark', requester: { email } } })).body).id;
  const mails = async () => ((await api.deps.mail.mailbox?.list(100)) ?? []).filter(({ to }) => to.includes(email));
  return { team, admin, person, key: issued.key, aTicket, mails };
}

/** A visitor in the web chat of such a team, and its ticket. */
export async function aChatOf(api: TestApi) {
  const office = await anOfficeOf(api);
  const { team, admin } = office;
  const { agent, widget: { id: widgetId }, page } = await aShopTeam(api, { of: office });
  const shop = await page();
  await shop.say('My lamp is dark');
  const { id: conversationId } = await waitFor(() => api.deps.prisma.conversation.findFirst({ where: { teamId: team.id, channel: 'live_chat' } }), 'the conversation');
  const taken = await ask(api, `POST /conversations/${conversationId}/takeover`, { headers: await aBrowser(api, admin.email), body: {} });
  const { id: ticketId } = kept.parse(taken.body);
  const seen = (id: string) => fetch(`${api.url}/widget/v1/attachments/${id}?widget=${widgetId}`, { headers: { origin: SHOP, authorization: `Bearer ${shop.token}` } });
  return { ...office, shop, widgetId, conversationId, ticketId, agent, seen };
}
