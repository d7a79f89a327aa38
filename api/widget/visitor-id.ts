import { randomBytes } from 'node:crypto';
import { idFrom } from '#prisma/store/derived-id.ts';

/** 256 bits that one browser keeps; nothing of it is stored but the hash that is the visitor's id. */
export function newVisitorSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A browser's visitor id: who holds the secret is this visitor. */
export function visitorOfSecret(widgetId: string, secret: string): string {
  return idFrom('visitor', `secret:${widgetId}:${secret}`);
}

/** A signed user's visitor id, the same on every device. It opens nothing: only a signature does. */
export function visitorOfUser(widgetId: string, user: string): string {
  return idFrom('visitor', `user:${widgetId}:${user}`);
}

/** The conversation that a visitor begins: made from who they are, so that two first messages at once begin one. */
export function conversationOf(visitorId: string): string {
  return idFrom('conversation', `widget:${visitorId}`);
}
