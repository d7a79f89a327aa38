import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { ComposeEnding, ComposeStarted, ComposeTask } from '#workflows/contract/compose.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { endingIn, LOST, pieceIn } from './compose-events.ts';
import { NO_TEXT } from './compose-words.ts';
import type { ComposeWish } from './compose-words.ts';
import type { Draft } from './use-draft.ts';

/** One that is under way: what stands around the part that is being written, and what came of it so far. */
interface Running {
  readonly task: ComposeTask;
  readonly before: string;
  readonly after: string;
  readonly said: string;
}

/** What the text was before and after: undo and redo go from one to the other. */
interface Made {
  readonly earlier: string;
  readonly text: string;
  readonly isUndone: boolean;
}

/**
 * A model's help with the text (P48). While it writes, its words are shown beside the draft and not in it: what is kept on
 * the server is what a person wrote or has been given whole. A failure leaves the text as it was.
 */
export function useCompose(ticket: TicketView, draft: Draft, box: RefObject<HTMLTextAreaElement>) {
  const { csrf } = useRoot();
  const [running, setRunning] = useState<Running | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [ending, setEnding] = useState<ComposeEnding | null>(null);
  const [isAssisted, setAssisted] = useAssisted(ticket.id);
  const latest = useRef({ text: draft.text, setText: draft.setText, stop: () => {} });
  latest.current.text = draft.text;
  latest.current.setText = draft.setText;
  const { id: ticketId } = ticket;

  const send = useCallback(
    <T>(fields: Readonly<Record<string, string>>) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ csrf, key: freshKey(), ...fields })) form.set(name, value);
      return post<T>(`/do/tickets/${ticketId}`, form, { outlivesPage: true });
    },
    [csrf, ticketId],
  );

  async function begin(wish: ComposeWish, { includeNotes }: { includeNotes: boolean }): Promise<void> {
    if (running !== null) return;
    const earlier = draft.text;
    const { selectionStart: start, selectionEnd: end } = box.current ?? { selectionStart: 0, selectionEnd: 0 };
    const isPart = wish.task !== 'draft' && earlier.slice(start, end).trim() !== '';
    const [before, after] = isPart ? [earlier.slice(0, start), earlier.slice(end)] : ['', ''];
    let said = '';
    let source: EventSource | null = null;
    let composeId: string | null = null;
    let isOver = false;
    setEnding(null);
    setRunning({ task: wish.task, before, after, said });

    const finish = (how: ComposeEnding) => {
      if (isOver) return;
      isOver = true;
      source?.close();
      latest.current.stop = () => {};
      const part = how.state === 'done' ? how.text : how.state === 'stopped' && said !== '' ? said : null;
      if (part !== null) {
        const text = before + part + after;
        latest.current.setText(text);
        setMade({ earlier, text, isUndone: false });
        setAssisted(true);
      }
      setEnding(how);
      setRunning(null);
    };
    const tell = () => {
      if (composeId !== null) void send({ intent: 'compose-stop', composeId });
    };
    latest.current.stop = () => {
      tell();
      finish({ ...NO_TEXT, state: 'stopped' });
    };

    const begun = await send<ComposeStarted>({
      intent: 'compose',
      ...wish,
      text: earlier,
      lastSeenMessage: ticket.lastCustomerMessage ?? '',
      ...(isPart && { start: String(start), end: String(end) }),
      ...(includeNotes && { includeNotes: 'yes' }),
    });
    if (!begun.ok) return finish({ ...LOST, problem: begun.code === 'no_model' ? 'no_model' : 'failed', detail: begun.errors[0]?.message ?? begun.detail });
    composeId = begun.value.id;
    // Stopped before it had a name.
    if (isOver) return tell();
    source = new EventSource(`/api/v1/tickets/${ticketId}/compose/${composeId}/events`);
    source.addEventListener('chunk', ({ data }: MessageEvent<unknown>) => {
      said += pieceIn(data);
      if (!isOver) setRunning({ task: wish.task, before, after, said });
    });
    source.addEventListener('end', ({ data }: MessageEvent<unknown>) => finish(endingIn(data)));
    source.addEventListener('error', () => {
      // It comes back by itself, and goes on where it was, unless the server has said no.
      if (source?.readyState === EventSource.CLOSED) finish(LOST);
    });
  }

  // Who goes elsewhere reads no more of it.
  useEffect(() => {
    const { current } = latest;
    return () => current.stop();
  }, []);

  return {
    isRunning: running !== null,
    task: running?.task ?? null,
    /** The whole text as it is being written; null: nothing is. */
    shown: running === null ? null : running.said === '' ? draft.text : running.before + running.said + running.after,
    begin,
    stop: () => latest.current.stop(),
    ending,
    /** The reply is marked: a model helped. */
    isAssisted: isAssisted && draft.text.trim() !== '',
    setAssisted,
    undone: made?.isUndone ?? null,
    /** Back to exactly the earlier text; once more: to what was there before that. */
    undo: () => {
      if (made === null) return;
      setMade({ ...made, text: made.isUndone ? made.text : draft.text, isUndone: !made.isUndone });
      draft.setText(made.isUndone ? made.text : made.earlier);
      setAssisted(made.isUndone);
      setEnding(null);
    },
    /** The text is sent, or begun anew. */
    forget: () => {
      setMade(null);
      setEnding(null);
      setAssisted(false);
    },
  };
}
export type Compose = ReturnType<typeof useCompose>;

/** Whether a model helped with the draft of this ticket, for as long as the browser's window is open. */
function useAssisted(ticketId: string): [boolean, (isAssisted: boolean) => void] {
  const key = `baton.assisted.${ticketId}`;
  const [isAssisted, setAssisted] = useState(false);
  useEffect(() => setAssisted(window.sessionStorage.getItem(key) !== null), [key]);
  const set = useCallback(
    (next: boolean) => {
      setAssisted(next);
      if (next) window.sessionStorage.setItem(key, 'yes');
      else window.sessionStorage.removeItem(key);
    },
    [key],
  );
  return [isAssisted, set];
}
