import { useEffect, useRef, useState } from 'react';
import type { AttachmentView, MessageView, TicketView } from '#workflows/contract/views.ts';
import type { Status } from '#workflows/domain/status.ts';
import type { Refused } from '../outcome.ts';
import { useCommand } from '../shell/use-command.ts';
import { toast } from '../ui/toast.tsx';
import { takeOfferedDrafts } from './offer-draft.ts';
import type { AttachedFiles } from './use-attached-files.ts';
import type { Compose } from './use-compose.ts';
import type { Draft } from './use-draft.ts';
import type { DraftTranslation } from './use-draft-translation.ts';

const UNDO_MS = 10_000;

export interface SendWish {
  readonly status?: Status;
  readonly takeOver?: boolean;
  readonly force?: boolean;
  /** On purpose in the writer's language. */
  readonly isUntranslated?: boolean;
}

interface Writing {
  readonly cc: string;
  /** Instead of on the ticket's channel. */
  readonly byMail: boolean;
  readonly compose: Compose;
  readonly translation: DraftTranslation;
  readonly files: AttachedFiles;
  /** The customer's newest message on the page; null: it shows none. */
  readonly lastShown: string | null;
}

/** Sending a reply: undo on mail, and the questions that come back instead of an answer. */
export function useReply(ticket: TicketView, draft: Draft, { cc, byMail, compose, translation, files, lastShown }: Writing) {
  const { run, isWaiting } = useCommand(`/do/tickets/${ticket.id}`);
  const [question, setQuestion] = useState<{ ask: 'newer_message' | 'takeover_required'; wish: SendWish } | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  // What the writer had read when they began to write: the server compares it with what has come since.
  // A page may show a message a moment before its ticket has heard of it.
  const newest = lastShown ?? ticket.lastCustomerMessage;
  const seen = useRef<string | null>(newest);
  // The model, too, has read what was there when it began.
  const isWriting = draft.text.trim() !== '' || compose.isRunning;
  if (!isWriting) seen.current = newest;
  const takeBack = useRef<typeof backAgain>(backAgain);
  takeBack.current = backAgain;
  useEffect(() => takeOfferedDrafts(ticket.id, (text, back) => takeBack.current({ text, files: back })), [ticket.id]);

  async function send(wish: SendWish): Promise<boolean> {
    const text = draft.text;
    if (text.trim() === '' || files.blocker(true) !== null || isWaiting || compose.isRunning) return false;
    const preview = wish.isUntranslated ? null : translation.preview;
    // Nobody is sent what they cannot read, unless somebody means it.
    if (translation.isNeeded && preview === null && !wish.isUntranslated) {
      if ((await translation.translate()) !== 'is_theirs') return false;
    }
    const { isAssisted } = compose;
    setRefused(null);
    const holdMs = ticket.channel === 'email' || byMail ? UNDO_MS : 0;
    const outcome = await run<{ message: MessageView }>(
      {
        intent: 'reply',
        text: preview?.text ?? text,
        cc,
        attachment: files.ids,
        holdMs: String(holdMs),
        lastSeenMessage: seen.current ?? '',
        ...(preview && { sourceText: text, sourceLanguage: preview.sourceLanguage, language: preview.language }),
        ...(wish.status && { status: wish.status }),
        ...(wish.takeOver && { takeOver: 'yes' }),
        ...(byMail && { channel: 'email' }),
        ...(wish.force && { force: 'yes' }),
        ...(isAssisted && { aiAssisted: 'yes' }),
      },
      {
        onRefused: (refusal) => {
          if (refusal.code === 'newer_message' || refusal.code === 'takeover_required') setQuestion({ ask: refusal.code, wish });
          else setRefused(refusal);
          files.refused(refusal.errors);
          return true;
        },
      },
    );
    if (!outcome.ok) return false;
    draft.clear();
    files.clear();
    translation.clear();
    compose.forget();
    const { id, attachments } = outcome.value.message;
    const undo = () =>
      void run({ intent: 'withdraw', messageId: id }, { done: 'Not sent; it is back in the composer', onDone: () => backAgain({ text, isAssisted, files: attachments }) });
    if (holdMs > 0) toast('Sending in a few seconds', { action: { label: 'Undo', run: undo }, forMs: holdMs - 500 });
    else toast('Sent');
    return true;
  }
  function backAgain({ text, isAssisted, files: back }: { text: string; isAssisted?: boolean; files: readonly AttachmentView[] }): void {
    draft.setText(text);
    files.restore(back);
    if (isAssisted !== undefined) compose.setAssisted(isAssisted);
  }
  return {
    send,
    isSending: isWaiting,
    /** What was refused without a question; the text stays. */
    refused,
    question,
    closeQuestion: () => setQuestion(null),
    /** A customer's message came since the writing began. */
    hasNewer: isWriting && newest !== seen.current,
    markSeen: () => {
      seen.current = newest;
    },
  };
}
