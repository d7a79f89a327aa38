import { Link } from '@remix-run/react';
import { BadgeCheck, Bot, Mail, Phone } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TicketAssignment } from '#workflows/contract/assignment-view.ts';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { useRoot } from '../root-data.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Time, useNow } from '../ui/time.tsx';
import { clockTime } from '../ui/time-words.ts';
import { Assignment } from './assignment.tsx';
import { Clocks } from './clocks.tsx';
import { scoreWords } from './csat-words.ts';
import type { KnownNeeds } from './known-needs.server.ts';
import { LanguagePicker } from './language-picker.tsx';
import { NeedsEditor } from './needs-editor.tsx';
import { ChannelIcon, channelLabel } from './signs.tsx';
import { StatusLabel } from './status-icon.tsx';
import { TagPicker } from './tag-picker.tsx';
import type { TicketMenu } from './ticket-header.tsx';
import { timerWords } from './timer-words.ts';
import type { TicketCommands } from './use-ticket-commands.ts';

interface DetailsProps {
  readonly ticket: TicketView;
  readonly clocks: TicketClocks;
  readonly assignment: TicketAssignment;
  readonly needs: KnownNeeds;
  readonly commands: TicketCommands;
  /** Left out where no key may open a menu in here. */
  readonly menu?: TicketMenu | null;
  readonly onMenu?: (menu: TicketMenu | null) => void;
}

const THEIR_LANGUAGE = { label: 'Their language', none: 'not known yet', clear: 'Detect it again' } as const;

/** Who asks, where it came from, what hangs together with it, and what happens next by itself. */
export function Details({ ticket, clocks, assignment, needs, commands, menu = null, onMenu }: DetailsProps) {
  const [isPicking, setPicking] = useState(false);
  const { requesterDetail: who } = ticket;
  const timers = [...ticket.timers.map((timer) => ({ ...timer, clock: '' })), ...clocks.alarms].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <div className="flex flex-col text-sm">
      <Section title="Requester">
        <div className="flex items-center gap-3">
          <Avatar name={who.name} size="large" />
          <div className="min-w-0">
            <p className="truncate font-semibold">{who.name}</p>
            {who.zone && <LocalTime zone={who.zone} />}
          </div>
        </div>
        <ul className="mt-2 flex flex-col gap-1 text-ink-soft">
          {who.addresses.map(({ kind, value, verified }) => (
            <li key={`${kind}${value}`} className="flex items-center gap-2">
              {kind === 'phone' ? <Phone className="size-3.5 shrink-0" aria-label={kind} /> : <Mail className="size-3.5 shrink-0" aria-label={kind} />}
              <span className="min-w-0 truncate" title={value}>
                {value}
              </span>
              {verified && <BadgeCheck className="size-3.5 shrink-0 text-ok" aria-label="verified" />}
            </li>
          ))}
        </ul>
        <p className="mt-1 flex items-center gap-1.5 text-ink-soft">
          Writes in
          <LanguagePicker language={commands.shown.requesterDetail.language} spoken={needs.languages} onChange={commands.setRequesterLanguage} words={THEIR_LANGUAGE} />
          {who.language !== null && <span className="shrink-0 text-xs text-ink-faint">{who.languageSource === 'detected' ? 'detected' : 'set by hand'}</span>}
        </p>
      </Section>
      <Section title="Ticket">
        <dl className="grid grid-cols-[5.5rem_1fr] gap-y-2 text-ink-soft [&>dt]:text-ink-faint">
          <dt>Channel</dt>
          <dd className="flex items-center gap-1.5">
            <ChannelIcon channel={ticket.channel} />
            <span aria-hidden="true">{channelLabel(ticket.channel)}</span>
          </dd>
          <dt>AI agent</dt>
          <dd className="flex items-center gap-1.5">
            {ticket.agent ? (
              <>
                <Bot className="size-4 text-ai" aria-hidden="true" /> {ticket.agent.name}
              </>
            ) : (
              'None'
            )}
          </dd>
          {ticket.case && (
            <>
              <dt>Case</dt>
              <dd>{ticket.case}</dd>
            </>
          )}
          <dt>Created</dt>
          <dd>
            <Time at={ticket.createdAt} />
          </dd>
          <dt className="pt-0.5">Tags</dt>
          <dd>
            <TagPicker
              tags={commands.shown.tags}
              onChange={commands.setTags}
              isOpen={onMenu ? menu === 'tags' : isPicking}
              onOpenChange={(isOpen) => (onMenu ? onMenu(isOpen ? 'tags' : null) : setPicking(isOpen))}
            />
          </dd>
        </dl>
      </Section>
      <Section title="Assignment">
        <Assignment assignment={assignment} groups={needs.groups} />
        <NeedsEditor commands={commands} known={needs} theirs={who.language} />
      </Section>
      {clocks.clocks.length > 0 && (
        <Section title="Clocks">
          <Clocks {...clocks} />
        </Section>
      )}
      {ticket.csat && (
        <Section title="How it was">
          <p className="flex justify-between gap-3">
            <span className="font-medium">{scoreWords(ticket.csat.score)}</span>
            <Time at={ticket.csat.at} className="shrink-0 text-ink-faint" />
          </p>
          {ticket.csat.comment && <p className="mt-1 break-words whitespace-pre-wrap text-ink-soft">{ticket.csat.comment}</p>}
        </Section>
      )}
      {timers.length > 0 && (
        <Section title="Next, by itself">
          <ol className="flex flex-col gap-1.5 text-ink-soft">
            {timers.map(({ kind, clock, at }, index) => (
              <li key={`${kind}${clock}${at}`} className={index === 0 ? 'flex justify-between gap-3 font-medium text-ink' : 'flex justify-between gap-3'}>
                <span>{timerWords(kind, clock)}</span>
                <Time at={at} className="shrink-0 text-ink-faint" />
              </li>
            ))}
          </ol>
        </Section>
      )}
      {ticket.linkedTicket && (
        <Section title="Follows">
          <Link to={`/all/${ticket.linkedTicket.number}`} className="text-accent-text hover:underline">
            #{ticket.linkedTicket.number}
          </Link>
        </Section>
      )}
      {ticket.otherTickets.length > 0 && (
        <Section title="Other tickets">
          <ul className="-mx-2 flex flex-col">
            {ticket.otherTickets.map(({ id, number, subject, status }) => (
              <li key={id}>
                <Link to={`/all/${number}`} className="flex items-center gap-2 rounded-md px-2 py-1 hover:bg-hover">
                  <StatusLabel status={status} isCompact />
                  <span className="text-ink-faint tabular">#{number}</span>
                  <span className="min-w-0 truncate">{subject}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {ticket.workflowId && (
        <Section title="For admins">
          <p className="text-ink-faint">Temporal workflow</p>
          <code className="text-xs break-all text-ink-soft">{ticket.workflowId}</code>
        </Section>
      )}
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b px-4 py-3.5 last:border-b-0">
      <h2 className="mb-2 text-xs font-medium text-ink-faint">{title}</h2>
      {children}
    </section>
  );
}

function LocalTime({ zone }: { zone: string }) {
  const { locale } = useRoot();
  const now = useNow(60_000);
  return (
    <p className="text-ink-soft" suppressHydrationWarning>
      {clockTime(now, { zone, locale })} their time
    </p>
  );
}
