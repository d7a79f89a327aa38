import { toast } from '../ui/toast.tsx';

/** Copies the ticket's short address; where the browser forbids that, shows it. */
export function copyLink(number: number): void {
  const link = `${window.location.origin}/tickets/${number}`;
  const fallBack = () => toast(link, { forMs: 15_000 });
  if (!window.isSecureContext) return fallBack();
  navigator.clipboard.writeText(link).then(() => toast('Link copied'), fallBack);
}
