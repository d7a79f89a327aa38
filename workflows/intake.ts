import { judgeMail, settleMail } from './proxies.ts';

/** One inbound mail: judged (verdict, thread, conversation, birth in one transaction), then handed to its ticket. */
export async function intake(ids: { teamId: string; mailId: string }): Promise<void> {
  await judgeMail(ids);
  await settleMail(ids);
}
