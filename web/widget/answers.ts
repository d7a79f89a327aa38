import type { SessionView, WidgetAttachment, WidgetConversation } from '#workflows/contract/widget-api.ts';

// Enough to tell our server's answer from that of a proxy in between; the server proves the rest by its schemas.

export function isSession(value: unknown): value is SessionView {
  return has(value, 'token') && has(value, 'expiresAt') && has(value, 'look');
}

export function isConversation(value: unknown): value is WidgetConversation {
  return has(value, 'messages') && has(value, 'cursor') && has(value, 'with');
}

export function isAttachment(value: unknown): value is WidgetAttachment {
  return has(value, 'id') && has(value, 'fileName');
}

export function isTyping(value: unknown): value is { readonly typing: string } {
  return has(value, 'typing');
}

function has(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value;
}
