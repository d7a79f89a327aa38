import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys-hint.tsx';

const GROUPS = [
  {
    title: 'Everywhere',
    keys: [
      ['mod+K', 'Find or do anything'],
      ['/', 'Search'],
      ['c', 'New ticket'],
      ['g i', 'Inbox'],
      ['g m', 'Mentions'],
      ['g a', 'All'],
      ['g u', 'Unassigned'],
      ['g s', 'Solved'],
      ['g c', 'Conversations'],
      ['?', 'These keys'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['j', 'Next'],
      ['k', 'Previous'],
      ['Enter', 'Open'],
      ['x', 'Select'],
      ['u', 'Back to the list'],
    ],
  },
  {
    title: 'Ticket',
    keys: [
      ['r', 'Reply'],
      ['n', 'Note'],
      ['a', 'Assign'],
      ['i', 'Assign to me'],
      ['t', 'Take over'],
      ['s', 'Status'],
      ['e', 'Resolve'],
      ['p', 'Priority'],
      ['l', 'Tags'],
      ['h', 'Snooze'],
      ['mod+Enter', 'Send'],
      ['mod+shift+Enter', 'Send and resolve'],
    ],
  },
] as const;

/** All keys, on `?`. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Keyboard shortcuts" description="None of them fires while you type. On a Mac, Cmd works as Ctrl." isWide>
      <div className="grid gap-6 sm:grid-cols-3">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="mb-2 text-xs font-medium text-ink-faint">{title}</h3>
            <dl className="flex flex-col gap-1.5">
              {keys.map(([key, what]) => (
                <div key={key} className="flex items-center justify-between gap-3">
                  <dt>{what}</dt>
                  <dd>
                    <span className="sr-only">{key.replace('mod', 'Ctrl')}</span>
                    <Keys keys={key} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
