import { Bot } from 'lucide-react';
import { cx } from './cx.ts';

const GROUNDS = ['bg-[#5b5bd6]', 'bg-[#0d74ce]', 'bg-[#007f75]', 'bg-[#207e40]', 'bg-[#9e5b00]', 'bg-[#c2298a]', 'bg-[#8145b5]', 'bg-[#ca2f2f]'] as const;

function groundOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0];
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => /^\p{L}|^\p{N}/u.test(word));
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

const SIZES = { small: 'size-5 text-[0.5625rem]', normal: 'size-7 text-[0.6875rem]', large: 'size-10 text-sm' } as const;

/** A person's initials, or the AI's sign; decoration, the name stands beside it. */
export function Avatar({ name, kind = 'person', size = 'normal' }: { name: string; kind?: 'person' | 'ai'; size?: keyof typeof SIZES }) {
  const shape = cx('inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none', SIZES[size]);
  if (kind === 'ai') {
    return (
      <span aria-hidden="true" className={cx(shape, 'border border-ai-line bg-ai-soft text-ai')}>
        <Bot className="size-[58%]" />
      </span>
    );
  }
  return (
    <span aria-hidden="true" className={cx(shape, groundOf(name), 'text-[#ffffff]')}>
      {initialsOf(name)}
    </span>
  );
}
