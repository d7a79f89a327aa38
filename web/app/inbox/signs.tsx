import { ChevronDown, ChevronsUp, ChevronUp, Equal, Globe, Mail, MessageCircle, MessageSquare, Send } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Channel } from '#workflows/domain/channel.ts';
import type { Priority } from '#workflows/domain/priority.ts';
import { cx } from '../ui/cx.ts';

const CHANNEL_SIGNS: Readonly<Record<Channel, { icon: LucideIcon; label: string }>> = {
  email: { icon: Mail, label: 'E-mail' },
  live_chat: { icon: MessageSquare, label: 'Web chat' },
  whatsapp: { icon: MessageCircle, label: 'WhatsApp' },
  telegram: { icon: Send, label: 'Telegram' },
  api: { icon: Globe, label: 'API' },
};

export function channelLabel(channel: Channel): string {
  return CHANNEL_SIGNS[channel].label;
}

/** The channel's sign; its name is read out, and shown on hover. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const { icon: Icon, label } = CHANNEL_SIGNS[channel];
  return (
    <span title={label} className="inline-flex shrink-0 text-ink-faint">
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{label}</span>
    </span>
  );
}

const PRIORITY_SIGNS: Readonly<Record<Priority, { icon: LucideIcon; label: string; colour: string }>> = {
  low: { icon: ChevronDown, label: 'Low', colour: 'text-ink-faint' },
  normal: { icon: Equal, label: 'Normal', colour: 'text-ink-faint' },
  high: { icon: ChevronUp, label: 'High', colour: 'text-warn' },
  urgent: { icon: ChevronsUp, label: 'Urgent', colour: 'text-danger' },
};

export function priorityLabel(priority: Priority): string {
  return PRIORITY_SIGNS[priority].label;
}

export function PriorityIcon({ priority, className }: { priority: Priority; className?: string }) {
  const { icon: Icon, colour } = PRIORITY_SIGNS[priority];
  return <Icon aria-hidden="true" className={cx('size-4 shrink-0', colour, className)} />;
}

/** Sign and word of a priority. */
export function PriorityLabel({ priority }: { priority: Priority }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <PriorityIcon priority={priority} />
      {priorityLabel(priority)}
    </span>
  );
}
