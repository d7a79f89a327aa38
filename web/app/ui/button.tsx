import { forwardRef } from 'react';
import type { ButtonHTMLAttributes } from 'react';
import { cx } from './cx.ts';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover shadow-card',
  plain: 'bg-surface text-ink border border-line-strong hover:bg-hover shadow-card',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-ink hover:opacity-90',
  ai: 'bg-ai-soft text-ai border border-ai-line hover:brightness-97',
} as const;
const SIZES = {
  small: 'h-7 px-2 text-sm gap-1.5 rounded-md',
  normal: 'h-8 px-3 text-sm gap-2 rounded-md',
  icon: 'size-8 rounded-md justify-center',
} as const;

export interface ButtonLook {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ look = 'plain', size = 'normal' }: ButtonLook, more?: string): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50 aria-disabled:opacity-50',
    LOOKS[look],
    SIZES[size],
    more,
  );
}

/** A button; `type` is button unless said otherwise, so that none submits by accident. */
export const Button = forwardRef<HTMLButtonElement, ButtonHTMLAttributes<HTMLButtonElement> & ButtonLook>(function Button(
  { look, size, className, type = 'button', ...rest },
  ref,
) {
  return <button ref={ref} type={type} className={buttonClass({ ...(look && { look }), ...(size && { size }) }, className)} {...rest} />;
});
