import { acceptMail, isKnownRecipient } from '#switchboard/intake.ts';
import type { AppDeps } from '../app-deps.ts';
import { createSmtpListener } from './smtp-listener.ts';

/** Takes mail by SMTP for this process: acknowledged once its bytes, its row and its workflow are there. */
export async function startMailIn(
  deps: AppDeps,
  { port, host, name, spoolFolder }: { port: number; host: string; name: string; spoolFolder: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const listener = createSmtpListener({
    port,
    host,
    name,
    spoolFolder,
    isKnownRecipient: (address) => isKnownRecipient(deps, address),
    accept: (mail) => acceptMail(deps, mail),
    log: deps.log,
  });
  const listening = await listener.listen();
  return { port: listening.port, close: () => listener.close() };
}
