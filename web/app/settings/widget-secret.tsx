import type { NewWidgetView } from '#workflows/contract/widgets.ts';
import { useCommand } from '../shell/use-command.ts';
import { SecretCard } from './secret-card.tsx';

/** The secret by which a team's own server says who its users are. */
export function WidgetSecret({ widgetId }: { widgetId: string }) {
  const { run } = useCommand('/do/settings');
  return (
    <SecretCard
      title="Your signed-in users"
      label="Identity secret"
      keepIt="Keep it on your server."
      warning="What the old one has signed is refused from now on: your signed-in users see no chat until your server signs with the new one."
      make={(onMade) => void run<NewWidgetView>({ intent: 'widget-secret', id: widgetId }, { onDone: (made) => onMade(made.identitySecret) })}
    >
      Where your pages know who is signed in, let your server add <code>data-user</code> (your own id of them) and <code>data-signature</code> (its HMAC-SHA256 with the identity
      secret, in hexadecimal) to the script. A <code>data-name</code> counts only where it is signed, too: then sign the id, a line feed and the name. They are then the same person on every device, and nobody can pretend to be them.
    </SecretCard>
  );
}
