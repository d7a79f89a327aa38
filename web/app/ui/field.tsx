import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { cx } from './cx.ts';

export const INPUT =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-faint aria-invalid:border-danger disabled:opacity-60';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

function Frame({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="text-sm text-ink-faint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** What ties a control to its label, hint and error. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

/** A label, a hint and an error around a control that is none of the browser's own. */
export function Field({ children, ...words }: FieldProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  return (
    <Frame id={id} {...words}>
      {children({ id, ...describedBy(id, words) })}
    </Frame>
  );
}

function describedBy(id: string, { hint, error }: FieldProps): Omit<FieldControl, 'id'> {
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return { ...(described && { 'aria-describedby': described }), ...(error && { 'aria-invalid': true }) };
}

/** A labelled line of text with its hint or error. */
export function TextField({ label, hint, error, className, ...rest }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input id={id} className={cx(INPUT, 'h-9', className)} {...describedBy(id, { label, hint, error })} {...rest} />
    </Frame>
  );
}

/** A labelled text of several lines. */
export function TextArea({ label, hint, error, className, ...rest }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea id={id} className={cx(INPUT, 'min-h-20 py-2', className)} {...describedBy(id, { label, hint, error })} {...rest} />
    </Frame>
  );
}

/** A labelled choice; the browser's own, which every reader and phone knows. */
export function SelectField({ label, hint, error, className, children, ...rest }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select id={id} className={cx(INPUT, 'h-9', className)} {...describedBy(id, { label, hint, error })} {...rest}>
        {children}
      </select>
    </Frame>
  );
}
