import type { WidgetAttachment, WidgetMessage } from '#workflows/contract/widget-api.ts';
import type { ChatState, Unsent } from './chat-state.ts';
import { element } from './element.ts';
import { linkedText } from './linked-text.ts';
import type { Words } from './words/words.ts';

/** The log, and how it is brought up to date. */
export interface LogView {
  readonly log: HTMLElement;
  readonly show: (state: ChatState) => void;
  readonly toEnd: () => void;
}

/** The conversation as a log that readers of the screen are told of as it grows. Only what is new is added. */
export function createLogView({ greeting, name, words, onDrop, onAgain, onFile }: { greeting: string; name: string; words: Words; onDrop: (id: string) => void; onAgain: (id: string) => void; onFile: (file: WidgetAttachment) => void }): LogView {
  const log = element('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': words.messages, tabindex: '0' });
  const shown = new Map<string, HTMLElement>();

  return {
    log,
    show: (state: ChatState): void => {
      const { messages, unsent, arrivals, connection } = state;
      const keys = keysOf(state, greeting !== '');
      if (keys.join() === [...shown.keys()].join()) return;
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      for (const [key, node] of shown) {
        if (keys.includes(key)) continue;
        node.remove();
        shown.delete(key);
      }
      // In order, and what stands in its place already is left alone: moving it would have it read out again.
      const known = new Map(shown);
      shown.clear();
      let before: HTMLElement | null = null;
      for (const key of keys) {
        const node: HTMLElement = known.get(key) ?? make(key);
        const place: ChildNode | null = before === null ? log.firstChild : before.nextSibling;
        if (node !== place) log.insertBefore(node, place);
        shown.set(key, node);
        before = node;
      }
      if (isAtEnd || unsent.length > 0) log.scrollTop = log.scrollHeight;

      function make(key: string): HTMLElement {
        const [kind, id] = [key.slice(0, 1), key.slice(2)];
        if (kind === 'g') return message({ from: 'team', name, text: greeting });
        if (kind === 'a') return element('p', { class: 'arrival' }, arrivalText(arrivals[Number(id)]));
        if (kind === 's') return stateOf(unsent.find((one) => one.id === id.split(':')[0]), connection === 'offline');
        // Nobody has it read out: it is there for who looks.
        if (kind === 'v') return element('p', { class: 'state seen', 'aria-live': 'off' }, words.seen);
        const said = messages.find((one) => one.id === id);
        const waiting = unsent.find((one) => one.id === id);
        return withFiles(said === undefined ? message({ from: 'you', name: '', text: waiting?.text ?? '', isWaiting: kind === 'u' }) : message(said), (said ?? waiting)?.attachments ?? []);
      }
    },
    toEnd: () => void (log.scrollTop = log.scrollHeight),
  };

  function withFiles(bubble: HTMLElement, files: readonly WidgetAttachment[]): HTMLElement {
    for (const file of files) {
      const button = element('button', { type: 'button', class: 'download' }, `${file.fileName} (${sizeText(file.size)})`);
      button.addEventListener('click', () => onFile(file));
      bubble.append(button);
    }
    return bubble;
  }

  function arrivalText(arrival: ChatState['arrivals'][number] | undefined): string {
    if (arrival === undefined) return '';
    return arrival.kind === 'joined' ? words.joined(arrival.name) : words.back(arrival.name);
  }

  function message({ from, name: sender, text, isWaiting = false }: Pick<WidgetMessage, 'from' | 'name' | 'text'> & { isWaiting?: boolean }): HTMLElement {
    const by = from === 'you' ? words.you : from === 'ai' ? `${sender} · ${words.ai}` : sender;
    return element('div', { class: `message ${from}${isWaiting ? ' waiting' : ''}` }, element('span', { class: 'by' }, by), ...linkedText(text));
  }

  /** Like `1.4 MB`, as it is written in the language. */
  function sizeText(bytes: number): string {
    const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1_000)), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
    return new Intl.NumberFormat(words.language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
  }

  function stateOf(unsent: Unsent | undefined, isOffline: boolean): HTMLElement {
    if (unsent?.refusal === undefined) return element('p', { class: 'state', 'aria-live': 'off' }, isOffline ? words.kept : words.sending);
    const remove = element('button', { type: 'button' }, words.remove);
    remove.addEventListener('click', () => onDrop(unsent.id));
    const again = element('button', { type: 'button' }, words.again);
    again.addEventListener('click', () => onAgain(unsent.id));
    return element('p', { class: 'state' }, `${words.notSent(unsent.refusal)} `, again, ' ', remove);
  }
}

/** What stands in the log, in order, each under a key that says what it is and how it looks. */
function keysOf({ messages, unsent, arrivals, connection, seenUpTo }: ChatState, hasGreeting: boolean): string[] {
  const ownLast = unsent.length === 0 ? messages.findLast(({ from }) => from === 'you') : undefined;
  const arrivalsAfter = (number: number) => arrivals.flatMap(({ after }, index) => (after === number ? [`a:${index}`] : []));
  return [
    ...(hasGreeting ? ['g:'] : []),
    ...arrivalsAfter(0),
    ...messages.flatMap(({ id, number }) => [`m:${id}`, ...(id === ownLast?.id && number <= seenUpTo ? [`v:${id}`] : []), ...arrivalsAfter(number)]),
    // What is taken stands where it will stand: it is not read out a second time.
    ...unsent.flatMap(({ id, isTaken, refusal }) => isTaken ? [`m:${id}`] : [`u:${id}`, `s:${id}:${refusal === undefined ? connection : 'refused'}`]),
  ];
}
