import { useCallback, useEffect, useRef } from 'react';
import type { EntryView, MessageView } from '#workflows/contract/views.ts';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { useRefresh } from '../shell/use-refresh.ts';

/** At most so many are asked for when a page is opened: the newest. */
const MOST = 20;

/** Has what is shown translated where nobody has asked for it yet; what comes of it the live stream tells. */
export function useTranslations(conversationId: string, entries: readonly EntryView[]): { again: (message: MessageView) => void } {
  const { csrf } = useRoot();
  const { refresh } = useRefresh();
  const asked = useRef(new Set<string>());
  const messages = entries.flatMap(({ message }) => message ?? []);
  const open = messages.filter(({ translation }) => translation?.state === 'none' && translation.reason === null).slice(-MOST);
  const language = open[0]?.translation?.language ?? '';
  const ids = open.map(({ id }) => id).join(' ');

  const ask = useCallback(
    async ({ messageIds, to, isAgain }: { messageIds: readonly string[]; to: string; isAgain: boolean }) => {
      const form = new FormData();
      for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'translate'], ['to', to], ['again', isAgain ? 'yes' : '']] as const) form.set(name, value);
      for (const id of messageIds) form.append('message', id);
      await post(`/do/conversations/${conversationId}`, form);
      refresh();
    },
    [conversationId, csrf, refresh],
  );

  useEffect(() => {
    const fresh = ids.split(' ').filter((id) => id !== '' && !asked.current.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) asked.current.add(id);
    void ask({ messageIds: fresh, to: language, isAgain: false });
  }, [ids, language, ask]);

  return { again: ({ id, translation }) => translation && void ask({ messageIds: [id], to: translation.language, isAgain: true }) };
}
