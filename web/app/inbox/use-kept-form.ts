import { useCallback, useEffect } from 'react';
import type { RefObject } from 'react';

/**
 * The named fields of a form, kept in this tab while they are written, as the composer keeps its drafts: a reload loses no word.
 * Not beyond the tab: they are about a customer, and there is no ticket yet to keep them with.
 */
export function useKeptForm(form: RefObject<HTMLFormElement>, { key, names }: { key: string; names: readonly string[] }) {
  useEffect(() => {
    if (form.current) fill(form.current, keptIn(window.sessionStorage.getItem(key)), names);
  }, [form, key, names]);
  return {
    keep: useCallback(() => {
      if (!form.current) return;
      const fields = new FormData(form.current);
      window.sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(names.map((name) => [name, fields.get(name)]))));
    }, [form, key, names]),
    forget: useCallback(() => window.sessionStorage.removeItem(key), [key]),
  };
}

function keptIn(stored: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = stored === null ? null : JSON.parse(stored);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function fill(form: HTMLFormElement, kept: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  for (const name of names) {
    const [field, value] = [form.elements.namedItem(name), kept[name]];
    if (typeof value !== 'string' || field === null) continue;
    // What was typed before the scripts came is newer.
    if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== field.defaultValue) continue;
    // A choice that is not offered any more is not made.
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === value)) continue;
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
  }
}
