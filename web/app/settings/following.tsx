import type { SettingsProgress } from '#workflows/contract/settings-progress.ts';

/**
 * How far open tickets have come with the newest settings; nothing once all of them follow. It moves by itself: each ticket
 * that follows is a live event, and the page is read again.
 */
export function Following({ progress: { openTickets, following, isDone } }: { progress: SettingsProgress }) {
  return (
    <div role="status">
      {!isDone && (
        <div className="flex flex-col gap-2 rounded-lg border p-4">
          <p>
            <span className="font-medium tabular">
              {following.toLocaleString('en')} of {openTickets.toLocaleString('en')}
            </span>{' '}
            open tickets follow the newest settings; the others are on their way.
          </p>
          <progress className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-accent-soft [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-accent-soft [&::-webkit-progress-value]:bg-accent" value={following} max={openTickets} aria-label="Open tickets that follow" />
        </div>
      )}
    </div>
  );
}
