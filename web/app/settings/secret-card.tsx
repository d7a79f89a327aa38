import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time, useNow } from '../ui/time.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

interface SecretCardProps {
  readonly title: string;
  /** What it is for. */
  readonly children: ReactNode;
  /** What the secret is called where it is shown, once. */
  readonly label: string;
  readonly keepIt?: string;
  /** False: there is none that a new one could take the place of. */
  readonly hasOne?: boolean;
  /** What becomes of the one there is. */
  readonly warning: ReactNode;
  /** Has one made, and passes it on. */
  readonly make: (onMade: (secret: string) => void) => void;
}

/** A secret: made here, and shown once. */
export function SecretCard({ title, children, label, keepIt, hasOne = true, warning, make }: SecretCardProps) {
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Card title={title}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{children}</p>
        {secret && <CopyOnce label={label} value={secret} note={['Copy the secret now: it is never shown again.', keepIt].join(' ').trim()} />}
        <Button size="small" look={hasOne ? 'plain' : 'primary'} className="self-start" onClick={() => (hasOne ? setAsking(true) : make(setSecret))}>
          {hasOne ? 'New secret' : 'Make a secret'}
        </Button>
      </div>
      <Confirm isOpen={isAsking} onOpenChange={setAsking} title="Make a new secret?" cancel="Keep this one" action="Make a new one" onAction={() => make(setSecret)}>
        {warning}
      </Confirm>
    </Card>
  );
}

/** The instant at which the secret before this one ends; null once it has ended. */
export function useOldSecretUntil(until: string | null): string | null {
  const now = useNow(60_000);
  return until !== null && Date.parse(until) > now ? until : null;
}

/** That whoever has not changed over yet is still signed for. */
export function OldSecretSigns({ until }: { until: string | null }) {
  if (until === null) return null;
  return (
    <>
      {' '}
      The old secret signs, too, and ends <Time at={until} />.
    </>
  );
}
