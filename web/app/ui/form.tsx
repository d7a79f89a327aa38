import { useEffect, useId, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { freshKey } from '../fresh-key.ts';
import { isDefinite } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { useRefresh } from '../shell/use-refresh.ts';

/** The token every posted form carries. */
export function CsrfField() {
  return <input type="hidden" name="csrf" value={useRoot().csrf} />;
}

/** A key that is there from the first byte on and stays until its command has a definite answer. */
export function useCommandKey(): [string, () => void] {
  const { pageKey } = useRoot();
  const id = useId();
  const [key, setKey] = useState(`${pageKey}-${id.replaceAll(':', '')}`);
  return [key, () => setKey(freshKey())];
}

interface FormWishes<T> {
  readonly path: string;
  /** Asked before anything is posted: false keeps the form as it is, and the page says why. */
  readonly mayGo?: () => Promise<boolean>;
  readonly onDone?: (value: T, form: HTMLFormElement) => void;
}

/** The one form pattern: posts without leaving the page, keeps what was typed, shows errors at their fields. */
export function useForm<T>({ path, mayGo, onDone }: FormWishes<T>) {
  const [key, nextKey] = useCommandKey();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<T> | null>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const { refresh } = useRefresh();
  const { csrf } = useRoot();

  useEffect(() => {
    if (outcome && !outcome.ok) formRef.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [outcome]);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const form = event.currentTarget;
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    // Read before it is asked: what is typed while that takes its time has been judged by nobody.
    const fields = new FormData(form, submitter);
    if (mayGo !== undefined && !(await mayGo())) return;
    fields.set('csrf', csrf);
    fields.set('key', key);
    setBusy(true);
    const answer = await post<T>(path, fields);
    setBusy(false);
    setOutcome(answer);
    if (isDefinite(answer)) nextKey();
    if (answer.ok) onDone?.(answer.value, form);
    refresh();
  }

  const refused = outcome && !outcome.ok ? outcome : null;
  return {
    /** Spread onto the form. */
    form: { ref: formRef, method: 'post', action: path, onSubmit } as const,
    key,
    isBusy,
    outcome,
    /** What was refused as a whole; null where a field says it. */
    refusal: refused && refused.errors.length === 0 ? refused.detail : null,
    errors: refused?.errors ?? [],
    errorOf: (field: string) => refused?.errors.find(({ path: at }) => at.replace(/^body\./, '') === field)?.message,
    /** The same for a field that holds a list: what is wrong with one of it is said there. */
    errorIn: (field: string) => refused?.errors.find(({ path: at }) => `${at.replace(/^body\./, '')}.`.startsWith(`${field}.`))?.message,
  };
}

/** What every form carries unseen: the token, the key and what is asked. */
export function HiddenFields({ intent, formKey }: { intent?: string; formKey: string }) {
  return (
    <>
      <CsrfField />
      <input type="hidden" name="key" value={formKey} />
      {intent && <input type="hidden" name="intent" value={intent} />}
    </>
  );
}

/** What a form was refused for, as a whole; read out when it appears. */
export function FormRefusal({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
      {children}
    </div>
  );
}
