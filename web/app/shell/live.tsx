import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { connectionIn, parseLiveEvent } from './live-events.ts';
import type { LiveEvent } from './live-events.ts';
import { tellTyping } from './typing.ts';
import { useHeartbeat } from './use-heartbeat.ts';
import { useRefresh } from './use-refresh.ts';

const GATHER_MS = 200;
const SAY_LOST_AFTER_MS = 2_500;

/** Keeps the page true: reads again what changed, says that somebody is there, and when the line is lost. EventSource resumes by itself. */
export function Live() {
  const [isLost, setLost] = useState(false);
  const [connection, setConnection] = useState<string | null>(null);
  const { refresh } = useRefresh();
  useHeartbeat(connection);

  useEffect(() => {
    let gathered: LiveEvent[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let losing: ReturnType<typeof setTimeout> | undefined;
    let hadLost = false;
    const flush = () => {
      gathering = undefined;
      const events = gathered;
      gathered = [];
      refresh(events);
    };
    const gather = (event: LiveEvent) => {
      gathered.push(event);
      gathering ??= setTimeout(flush, GATHER_MS);
    };
    const source = new EventSource('/events');
    source.onmessage = ({ data }: MessageEvent<unknown>) => {
      const event = typeof data === 'string' ? parseLiveEvent(data) : null;
      if (event) gather(event);
    };
    source.addEventListener('typing', ({ data }: MessageEvent<unknown>) => typeof data === 'string' && tellTyping(data));
    const begin = ({ data }: MessageEvent<unknown>) => setConnection(typeof data === 'string' ? connectionIn(data) : null);
    source.addEventListener('hello', begin);
    // Our cursor is older than what the server keeps: nothing can be replayed, so everything is read again.
    source.addEventListener('reset', (event) => {
      begin(event);
      refresh();
    });
    source.onopen = () => {
      clearTimeout(losing);
      setLost(false);
      // The stream resumes at its cursor; read again all the same, for what was asked while the line was lost.
      if (hadLost) refresh();
      hadLost = false;
    };
    source.onerror = () => {
      setConnection(null);
      if (hadLost) return;
      hadLost = true;
      losing = setTimeout(() => setLost(true), SAY_LOST_AFTER_MS);
    };
    return () => {
      source.close();
      clearTimeout(gathering);
      clearTimeout(losing);
    };
  }, [refresh]);

  return (
    <div aria-live="polite">
      {isLost && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-3 py-1.5 text-sm font-medium text-warn">
          <WifiOff className="size-4" aria-hidden="true" />
          Reconnecting… What you see may be a moment old.
        </p>
      )}
    </div>
  );
}
