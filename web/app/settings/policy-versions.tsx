import type { PolicyView } from '#workflows/contract/views.ts';
import { Time } from '../ui/time.tsx';
import { POLICY_FIELDS } from './policy-fields.ts';

const TITLES = new Map<string, string>([...POLICY_FIELDS.map(({ key, title }) => [key, title] as const), ['handoverCases', 'Handover cases']]);

/** Who changed what, and when: the newest first. */
export function PolicyVersions({ versions }: { versions: readonly PolicyView[] }) {
  if (versions.length === 0) return null;
  const sorted = [...versions].sort((a, b) => b.version - a.version);
  return (
    <section>
      <h3 className="mb-2 font-medium">Versions</h3>
      <ol className="divide-y rounded-lg border">
        {sorted.map((version, at) => (
          <li key={version.version} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 text-sm">
            <span className="font-medium tabular">{version.version}</span>
            <span className="min-w-0 flex-1 text-ink-soft">{differenceWords(version, sorted[at + 1])}</span>
            <span className="text-ink-faint">
              {version.changedBy?.name} {version.changedAt && <Time at={version.changedAt} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function differenceWords(version: PolicyView, before: PolicyView | undefined): string {
  const names = new Set([...Object.keys(version.overrides), ...Object.keys(before?.overrides ?? {})]);
  const changed = [...names].filter((name) => JSON.stringify(version.overrides[name]) !== JSON.stringify(before?.overrides[name]));
  return changed.length === 0 ? 'As before' : changed.map((name) => TITLES.get(name) ?? name).join(', ');
}
