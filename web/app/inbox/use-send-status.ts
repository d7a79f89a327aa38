import { useEffect, useState } from 'react';
import { STATUSES } from '#workflows/domain/status.ts';
import type { Status } from '#workflows/domain/status.ts';

const KEY = 'baton.sendStatus';

/** The status a person last sent with, remembered in this browser. */
export function useSendStatus(): [Status | null, (status: Status | null) => void] {
  const [status, setStatus] = useState<Status | null>(null);
  useEffect(() => {
    const kept = window.localStorage.getItem(KEY);
    setStatus(STATUSES.find((one) => one === kept) ?? null);
  }, []);
  const remember = (next: Status | null) => {
    setStatus(next);
    if (next === null) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, next);
  };
  return [status, remember];
}
