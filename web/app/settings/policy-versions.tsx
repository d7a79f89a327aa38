import { ArrowRight, ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { PolicyView } from '#workflows/contract/views.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time } from '../ui/time.tsx';
import { policyDifference } from './policy-difference.ts';
import type { PolicyChange } from './policy-difference.ts';
import type { PolicyNames } from './policy-names.ts';

interface VersionsProps {
  readonly versions: readonly PolicyView[];
  readonly names: PolicyNames;
  readonly isTeam: boolean;
}

/** What a version number of 0 stands for: what was before anybody set anything. */
const NEVER_SET = { version: 0, overrides: {}, changedBy: null, changedAt: null } as const;
type Stored = Pick<PolicyView, 'version' | 'overrides' | 'changedBy' | 'changedAt'>;

/** Who changed what from what to what, and when, the newest first; each can be put in force again, and so can what was before all of them. */
export function PolicyVersions({ versions, names, isTeam }: VersionsProps) {
  const { run } = useCommand('/do/settings');
  const [restoring, setRestoring] = useState<Stored | null>(null);
  const newest = [...versions].sort((a, b) => b.version - a.version)[0];
  if (newest === undefined) return null;
  const sorted: Stored[] = [...versions, NEVER_SET].sort((a, b) => b.version - a.version);
  const differenceTo = (version: Stored, before: Stored) => policyDifference(before.overrides, version.overrides, { names, isTeam });
  const changesOf = (version: Stored, at: number) => {
    const before = sorted[at + 1];
    return before === undefined || before.version !== version.version - 1 ? null : differenceTo(version, before);
  };
  const restored = restoring && differenceTo(restoring, newest);
  const restore = ({ version }: Stored) =>
    void run<PolicyView>({ intent: 'policy-restore', scope: newest.scope, version: String(newest.version), restore: String(version) }, { done: `Version ${version} is in force again` });
  return (
    <section id="versions" className="scroll-mt-4">
      <h3 className="mb-2 font-medium">Versions</h3>
      <ol className="divide-y rounded-lg border">
        {sorted.map((version, at) => (
          <Version
            key={version.version}
            version={version}
            changes={changesOf(version, at)}
            isTeam={isTeam}
            isNewest={at === 0}
            onRestore={differenceTo(version, newest).length === 0 ? undefined : () => setRestoring(version)}
          />
        ))}
      </ol>
      <Confirm
        isOpen={restoring !== null}
        onOpenChange={(isOpen) => !isOpen && setRestoring(null)}
        title={`Restore version ${restoring?.version ?? ''}?`}
        cancel="Keep as it is"
        action="Restore"
        onAction={() => restoring && restore(restoring)}
      >
        <p className="mb-3">It becomes a new version. This changes:</p>
        <div className="max-h-[50vh] overflow-y-auto">{restored && <Changes changes={restored} />}</div>
      </Confirm>
    </section>
  );
}

interface VersionProps {
  readonly version: Stored;
  /** Null: there is no version before, or it is too old to be listed. */
  readonly changes: readonly PolicyChange[] | null;
  readonly isTeam: boolean;
  readonly isNewest: boolean;
  readonly onRestore: (() => void) | undefined;
}

function Version({ version: { version, changedBy, changedAt }, changes, isTeam, isNewest, onRestore }: VersionProps) {
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2.5 text-sm hover:bg-hover">
          <ChevronRight className="size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90" aria-hidden="true" />
          <span className="font-medium tabular">{version}</span>
          <span className="min-w-0 flex-1 truncate text-ink-soft">{summary(version, changes, isTeam)}</span>
          {isNewest && <Badge tone="ok">In force</Badge>}
          <span className="w-full pl-7 text-ink-faint sm:w-auto sm:pl-0">
            {changedBy?.name} {changedAt && <Time at={changedAt} />}
          </span>
        </summary>
        <div className="flex flex-col gap-3 px-4 pt-1 pb-4 sm:pl-11">
          {changes?.length === 0 && <p className="text-sm text-ink-faint">Nothing differs from the version before.</p>}
          {changes !== null && changes.length > 0 && <Changes changes={changes} />}
          {!isNewest && onRestore && (
            <Button size="small" className="self-start" onClick={onRestore}>
              <RotateCcw className="size-3.5" aria-hidden="true" />
              Restore version {version}
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}

function summary(version: number, changes: readonly PolicyChange[] | null, isTeam: boolean): string {
  if (version === 0) return isTeam ? 'Never set: every setting is the default' : 'Never set: every setting is inherited';
  return changes === null ? 'Older versions are not listed' : changes.map(({ title }) => title).join(', ') || 'As before';
}

/** Setting by setting, old to new. */
function Changes({ changes }: { changes: readonly PolicyChange[] }) {
  return (
    <dl className="flex flex-col gap-2.5 text-sm">
      {changes.map(({ title, from, to }) => (
        <div key={title}>
          <dt className="font-medium text-ink">{title}</dt>
          <dd className="relative flex flex-wrap items-start gap-x-2 gap-y-0.5 break-words">
            <span className="min-w-0 text-ink-faint line-through decoration-line-strong">
              <span className="sr-only">from </span>
              {from}
            </span>
            <span className="flex min-w-0 items-start gap-2 text-ink">
              <ArrowRight className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
              <span className="min-w-0">
                <span className="sr-only">to </span>
                {to}
              </span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
