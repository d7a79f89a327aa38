import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '../ui/badge.tsx';

interface SettingProps {
  readonly name: string;
  readonly title: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly isOwn: boolean;
  readonly isTeam: boolean;
  readonly from: 'default' | 'team' | 'own';
  /** What holds without its own, in words; empty where that takes more than a few. */
  readonly inherited: string;
  readonly onInherit: () => void;
  readonly children: ReactNode;
}

/** One setting of a policy: what it is, where it comes from, its input, and the way back to what is inherited. */
export function PolicySetting({ name, title, hint, error, isOwn, isTeam, from, inherited, onInherit, children }: SettingProps) {
  const source = from === 'own' ? 'Inherited' : from === 'team' ? 'From the team' : 'Default';
  const back = isTeam ? 'Back to the default' : 'Inherit again';
  return (
    <fieldset className="relative grid gap-x-6 gap-y-2 border-b px-4 py-4 last:border-b-0 md:grid-cols-[15rem_1fr]">
      <legend className="sr-only">{title}</legend>
      <div>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {title}
          {isOwn ? <Badge tone="accent">{isTeam ? 'Set by you' : 'Own'}</Badge> : <Badge>{source}</Badge>}
        </p>
        <p className="mt-0.5 text-sm text-ink-faint">{hint}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        {children}
        {error && <p className="text-sm text-danger">{error}</p>}
        <input type="hidden" name={`own.${name}`} value={isOwn ? 'yes' : 'no'} />
        {isOwn && (
          <button type="button" className="inline-flex items-center gap-1 self-start text-left text-xs text-ink-faint hover:text-ink" onClick={onInherit}>
            <RotateCcw className="size-3 shrink-0" aria-hidden="true" />
            {inherited === '' ? back : `${back}: ${inherited}`}
          </button>
        )}
      </div>
    </fieldset>
  );
}
