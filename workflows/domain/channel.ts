export const CHANNELS = ['live_chat', 'email', 'whatsapp', 'telegram', 'api'] as const;
export type Channel = (typeof CHANNELS)[number];

export const ORIGINS = ['escalation', 'takeover', 'email', 'api', 'form'] as const;
export type Origin = (typeof ORIGINS)[number];

/** What a row says; one without a channel came by a program. */
export function channelIn(stored: string | null): Channel {
  return CHANNELS.find((one) => one === stored) ?? 'api';
}

/** On mail a message is handed to a server and may fail; on the others it counts as sent when it is released. */
export function isSentByMail(channel: Channel): boolean {
  return channel === 'email';
}
