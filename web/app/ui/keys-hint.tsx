import { cx } from './cx.ts';

/** Keys as caps: `g i` is one after the other, `mod+Enter` is together. */
export function Keys({ keys, isInverse = false }: { keys: string; isInverse?: boolean }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1" aria-hidden="true">
      {keys.split(' ').map((key, at) => (
        <kbd
          key={`${key}${at}`}
          className={cx(
            'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded px-1 font-sans text-[0.6875rem] font-medium',
            isInverse ? 'bg-surface/20 text-surface' : 'border border-line bg-sunken text-ink-soft',
          )}
        >
          {key.replace('mod+shift+', 'Ctrl ⇧ ').replace('mod+', 'Ctrl ').replace('Enter', '↵')}
        </kbd>
      ))}
    </span>
  );
}
