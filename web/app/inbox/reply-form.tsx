import { Bot, ChevronDown, Mail } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AttachmentView, TicketView } from '#workflows/contract/views.ts';
import { labelsOf } from '#workflows/domain/labels.ts';
import type { Status } from '#workflows/domain/status.ts';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { FormRefusal } from '../ui/form.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { AttachButton, FileChips, FileDrop } from './attach-files.tsx';
import { ComposeBox, SavedMark } from './compose-box.tsx';
import { ComposeMenu } from './compose-menu.tsx';
import { ComposeOutcome } from './compose-outcome.tsx';
import { DraftTranslationPanel } from './draft-translation.tsx';
import { channelLabel } from './signs.tsx';
import { StatusIcon, useStatusLabel } from './status-icon.tsx';
import { useAttachedFiles } from './use-attached-files.ts';
import { useCompose } from './use-compose.ts';
import { useDraft } from './use-draft.ts';
import { useReply } from './use-reply.ts';
import { useDraftTranslation } from './use-draft-translation.ts';
import type { SendWish } from './use-reply.ts';
import { useSendStatus } from './use-send-status.ts';

/** A reply to the customer: to whom, the text, and sending it, with a status if wanted. */
export function ReplyForm({ ticket, stored, storedFiles, lastShown }: { ticket: TicketView; stored: string; storedFiles: readonly AttachmentView[]; lastShown: string | null }) {
  const { me } = useShell();
  const label = useStatusLabel();
  const files = useAttachedFiles(storedFiles);
  const draft = useDraft(ticket.id, 'reply', stored, files.ids);
  const [cc, setCc] = useState<string | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const compose = useCompose(ticket, draft, box);
  const translation = useDraftTranslation({ ticketId: ticket.id, reads: ticket.requesterDetail.language, translates: ticket.translates }, { text: draft.text });
  const address = ticket.requesterDetail.addresses.find(({ kind }) => kind === 'email')?.value;
  const [isChoosing, setChoosing] = useState(false);
  const [wantsMail, setWantsMail] = useState(false);
  const isMailsOwn = ticket.channel === 'email';
  const byMail = wantsMail && !isMailsOwn && address !== undefined;
  const reply = useReply(ticket, draft, { cc: isMailsOwn || byMail ? (cc ?? '') : '', byMail, compose, translation, files, lastShown });
  const [remembered, remember] = useSendStatus();
  const canSet = (status: Status) => ticket.legalMoves.includes(status) || (status === 'on_you' && ticket.status === 'on_you');
  const status = remembered !== null && canSet(remembered) ? remembered : null;
  // A mail leaves the AI its channel, and needs no takeover (P14).
  const isLocked = ticket.isSendLocked && !byMail;
  const isMail = isMailsOwn || byMail;
  const send = (wish: SendWish) => void reply.send({ ...(isLocked && { takeOver: true }), ...wish });
  const sendDefault = () => send(status ? { status } : {});
  // Both halves of the button: with nothing to send there is no status to send it with.
  const isHeld = draft.text.trim() === '' || files.blocker(true) !== null || reply.isSending || translation.isWorking || compose.isRunning;
  const isPreviewing = translation.isNeeded && translation.preview === null;
  const sendLabel = isPreviewing ? 'Preview translation' : isLocked ? 'Take over and reply' : status ? `Send, set ${label(status)}` : byMail ? 'Send by e-mail' : 'Send';
  const choices = labelsOf(me.team.vocabulary).filter(({ sets }) => sets !== 'new' && canSet(sets));
  return (
    <FileDrop files={files}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 border-b py-1 text-sm text-ink-soft">
        <span className="min-w-0 truncate">
          To <span className="font-medium text-ink">{ticket.requester.name}</span>
          {isMail && address && ` <${address}>`} by {channelLabel(byMail ? 'email' : ticket.channel)}
        </span>
        <span className="ml-auto flex items-center gap-x-2">
          {!isMailsOwn && address && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                setWantsMail(!byMail);
                box.current?.focus();
              }}
            >
              {!byMail && <Mail className="size-3.5" aria-hidden="true" />}
              {byMail ? `Reply by ${channelLabel(ticket.channel)} instead` : 'Reply by e-mail instead'}
            </Button>
          )}
          {isMail && cc === null && (
            <button type="button" className="rounded px-1 text-ink-faint hover:text-ink" onClick={() => setCc('')}>
              Cc
            </button>
          )}
        </span>
        {isMail && cc !== null && (
          <label className="flex w-full items-center gap-2">
            Cc
            <input
              value={cc}
              autoFocus
              onChange={(event) => setCc(event.currentTarget.value)}
              placeholder="mia@example.com, …"
              className="h-7 min-w-0 flex-1 bg-transparent text-ink outline-none"
            />
          </label>
        )}
      </div>
      <ComposeBox
        aria-label={`Reply to ${ticket.requester.name}`}
        placeholder={isLocked ? 'The AI answers here. Write to take over.' : 'Write a reply…'}
        ref={box}
        value={compose.shown ?? draft.text}
        readOnly={compose.isRunning}
        aria-busy={compose.isRunning}
        onChange={(event) => draft.setText(event.currentTarget.value)}
        onSend={(isResolving) => (isResolving && canSet('resolved') ? send({ status: 'resolved' }) : sendDefault())}
      />
      <div className="flex flex-col gap-2 empty:hidden">
        <FileChips files={files} hasText={draft.text.trim() !== ''} />
        <ComposeOutcome compose={compose} />
        <DraftTranslationPanel translation={translation} hasText={draft.text.trim() !== ''} name={ticket.requester.name} onUntranslated={() => send({ isUntranslated: true, ...(status && { status }) })} />
        {(reply.hasNewer || compose.ending?.newerMessage) && (
          <p role="status" className="rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">
            They wrote again while you were writing.
          </p>
        )}
        {reply.refused && <FormRefusal>{reply.refused.errors[0] ? `${reply.refused.errors[0].path.replace('body.', '')}: ${reply.refused.errors[0].message}` : reply.refused.detail}</FormRefusal>}
      </div>
      <div className="@container flex items-center gap-2 pt-2">
        <ComposeMenu
          isEmpty={draft.text.trim() === ''}
          isDisabled={compose.isRunning}
          hasSelection={() => box.current !== null && box.current.selectionStart < box.current.selectionEnd}
          theirs={ticket.requesterDetail.language}
          onChoose={(wish, more) => void compose.begin(wish, more)}
        />
        <AttachButton files={files} />
        {ticket.isSendLocked && (
          // The button says it, too, where there is no room for both.
          <span className="hidden shrink-0 items-center gap-1.5 text-xs text-ai @md:flex">
            <Bot className="size-3.5 shrink-0" aria-hidden="true" />
            {isLocked ? 'Pauses the AI' : 'The AI goes on'}
          </span>
        )}
        <SavedMark state={draft.state} isEmpty={draft.text === ''} />
        <span className="ml-auto flex">
          <Tooltip label={sendLabel} keys="mod+Enter">
            <Button look="primary" className="rounded-r-none" aria-disabled={isHeld} onClick={sendDefault}>
              {reply.isSending ? 'Sending…' : translation.isWorking ? 'Translating…' : sendLabel}
            </Button>
          </Tooltip>
          <Menu
            label="Send and set status"
            align="end"
            isOpen={isChoosing && !isHeld}
            onOpenChange={(isOpen) => setChoosing(isOpen && !isHeld)}
            trigger={
              <Button look="primary" className="rounded-l-none border-l border-l-accent-ink/25 !px-1.5" aria-disabled={isHeld} aria-label="Send and set status">
                <ChevronDown className="size-4" />
              </Button>
            }
          >
            <MenuLabel>With the reply, set</MenuLabel>
            <MenuItem
              isCurrent={status === null}
              onSelect={() => {
                remember(null);
                send({});
              }}
            >
              Nothing: it waits for the customer
            </MenuItem>
            {choices.map(({ label: name, sets }) => (
              <MenuItem
                key={name}
                icon={<StatusIcon status={sets} />}
                isCurrent={status === sets}
                {...(sets === 'resolved' && { keys: 'mod+shift+Enter' })}
                onSelect={() => {
                  remember(sets);
                  send({ status: sets });
                }}
              >
                {name}
              </MenuItem>
            ))}
            {translation.isNeeded && (
              <>
                <MenuSeparator />
                <MenuItem onSelect={() => send({ isUntranslated: true, ...(status && { status }) })}>Send untranslated</MenuItem>
              </>
            )}
          </Menu>
        </span>
      </div>
      <Confirm
        isOpen={reply.question?.ask === 'newer_message'}
        onOpenChange={(isOpen) => !isOpen && reply.closeQuestion()}
        title="They wrote again"
        cancel="Read it first"
        action="Send anyway"
        onAction={() => send({ ...reply.question?.wish, force: true })}
      >
        A message came while you were writing. Your text is kept.
      </Confirm>
      <Confirm
        isOpen={reply.question?.ask === 'takeover_required'}
        onOpenChange={(isOpen) => !isOpen && reply.closeQuestion()}
        title="The AI answers here"
        cancel="Not now"
        action="Take over and reply"
        onAction={() => send({ ...reply.question?.wish, takeOver: true })}
      >
        Two voices would confuse them. Taking over pauses the AI and makes the conversation yours.
      </Confirm>
    </FileDrop>
  );
}
