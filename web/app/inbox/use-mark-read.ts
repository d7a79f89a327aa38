import { useEffect, useState } from 'react';
import type { EntryView, TicketView } from '#workflows/contract/views.ts';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';

/** Remembers how far the person has read, and says where the news began when they opened the ticket. */
export function useMarkRead(ticket: TicketView, entries: readonly EntryView[]): number {
  const { csrf } = useRoot();
  const [newFrom] = useState(ticket.readPosition);
  const newest = entries.reduce((highest, { position }) => Math.max(highest, position), 0);
  useEffect(() => {
    if (newest <= ticket.readPosition) return undefined;
    const mark = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', mark);
      const form = new FormData();
      for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'read'], ['position', String(newest)]] as const) form.set(name, value);
      void post(`/do/tickets/${ticket.id}`, form);
    };
    document.addEventListener('visibilitychange', mark);
    mark();
    return () => document.removeEventListener('visibilitychange', mark);
  }, [csrf, newest, ticket.id, ticket.readPosition]);
  return newFrom;
}
