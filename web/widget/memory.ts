/** What this browser remembers from page to page. A browser that forbids it forgets, and the chat works until the reload. */
export interface Memory {
  read<T>(name: string, isIt: (value: unknown) => value is T): T | null;
  write(name: string, value: unknown): void;
  forget(name: string): void;
}

/** Under names of the widget and of the user who is signed in: another user of the same browser finds nothing. */
export function createMemory(widgetId: string, user: string | null): Memory {
  const keyOf = (name: string) => `baton:${widgetId}:${user ?? ''}:${name}`;
  const fallback = new Map<string, string>();
  const attempt = <T>(onStorage: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return onStorage(window.localStorage);
    } catch {
      return otherwise();
    }
  };
  return {
    read(name, isIt) {
      const key = keyOf(name);
      const stored = attempt((storage) => storage.getItem(key), () => fallback.get(key) ?? null);
      const value = stored === null ? null : parsed(stored);
      return isIt(value) ? value : null;
    },
    write(name, value) {
      const [key, text] = [keyOf(name), JSON.stringify(value)];
      attempt((storage) => storage.setItem(key, text), () => void fallback.set(key, text));
    },
    forget(name) {
      const key = keyOf(name);
      attempt((storage) => storage.removeItem(key), () => void fallback.delete(key));
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
