import { useRevalidator } from '@remix-run/react';
import { WifiOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { parseLiveEvent, withScope } from './live-events.ts';
import type { LiveEvent } from './live-events.ts';

const GATHER_MS = 200;
const SAY_LOST_AFTER_MS = 2_500;

/** Keeps the page true: reads again what changed, and says when the line is lost. EventSource resumes by itself. */
export function Live() {
  const [isLost, setLost] = useState(false);
  const { revalidate } = useRevalidator();
  const latest = useRef(revalidate);
  latest.current = revalidate;

  useEffect(() => {
    let gathered: LiveEvent[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let losing: ReturnType<typeof setTimeout> | undefined;
    let hadLost = false;
    const flush = () => {
      gathering = undefined;
      const events = gathered;
      gathered = [];
      withScope(events, () => latest.current());
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
    source.onopen = () => {
      clearTimeout(losing);
      setLost(false);
      // Past the server's memory of events nothing is replayed: after a gap everything is read again.
      if (hadLost) withScope(null, () => latest.current());
      hadLost = false;
    };
    source.onerror = () => {
      if (hadLost) return;
      hadLost = true;
      losing = setTimeout(() => setLost(true), SAY_LOST_AFTER_MS);
    };
    return () => {
      source.close();
      clearTimeout(gathering);
      clearTimeout(losing);
    };
  }, []);

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
