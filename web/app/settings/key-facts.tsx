import { useState } from 'react';
import type { z } from 'zod';
import type { keyView } from '#workflows/contract/views.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time } from '../ui/time.tsx';
import { LineText } from './settings-page.tsx';

export type Key = z.infer<typeof keyView>;

/** What is known of a key, beside the key. */
export function KeyFacts({ of: { name, prefix, createdAt, lastUsedAt } }: { of: Key }) {
  return (
    <LineText>
      <span className="block truncate font-medium">{name}</span>
      <span className="block text-sm text-ink-faint sm:truncate">
        <code>{prefix}…</code> · created <Time at={createdAt} /> · {lastUsedAt ? <>last used <Time at={lastUsedAt} /></> : 'never used'}
      </span>
    </LineText>
  );
}

/** Revokes a key, once somebody has said so twice; of a revoked one that it is. */
export function RevokeKey({ of: { id, name, revokedAt } }: { of: Key }) {
  const { run } = useCommand('/do/settings');
  const [isAsking, setAsking] = useState(false);
  if (revokedAt !== null) return <Badge tone="danger">Revoked</Badge>;
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Revoke “${name}”?`}
        cancel="Keep"
        action="Revoke"
        isDanger
        onAction={() => void run({ intent: 'key-revoke', id }, { done: 'Key revoked' })}
      >
        Programs that use it are refused at once. This cannot be undone.
      </Confirm>
    </>
  );
}
