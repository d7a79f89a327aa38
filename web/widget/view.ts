import type { WidgetAttachment } from '#workflows/contract/widget-api.ts';
import type { WidgetLook } from '#workflows/contract/widgets.ts';
import type { CsatScore } from '#workflows/domain/csat.ts';
import type { ChatState } from './chat-state.ts';
import { inkOn } from './colours.ts';
import { CHAT_ICON, CLOSE_ICON, element, icon } from './element.ts';
import { createComposer } from './composer.ts';
import { createCsatForm } from './csat-form.ts';
import { createEmailForm } from './email-form.ts';
import { trapFocus } from './focus-trap.ts';
import { createLogView } from './log-view.ts';
import { STYLES, WHOLE_SCREEN } from './styles.ts';
import type { Words } from './words/words.ts';

/** What the visitor does in the panel. */
export interface Acts {
  readonly open: () => void;
  readonly close: () => void;
  readonly say: (text: string, attachments: readonly WidgetAttachment[]) => void;
  /** Uploads a file for the next message; gives it, or what was wrong. */
  readonly attach: (file: File) => Promise<WidgetAttachment | string>;
  readonly fetchFile: (id: string) => Promise<Blob | null>;
  readonly type: () => void;
  readonly drop: (id: string) => void;
  /** Tries once more what the server refused. */
  readonly again: (id: string) => void;
  /** Gives what was wrong with it, or null. */
  readonly leaveEmail: (email: string) => Promise<string | null>;
  /** No address is wanted: the question does not come back in this conversation. */
  readonly putEmailAway: () => void;
  /** Gives what was wrong, or null. */
  readonly rate: (score: CsatScore, comment: string) => Promise<string | null>;
  /** The question is not wanted, or its answer read: it does not come back in this browser. */
  readonly putAway: () => void;
}

/** Builds launcher and panel in a shadow root of `host`; `show` brings them up to date. */
export function createView(host: HTMLElement, look: WidgetLook, { acts, words }: { acts: Acts; words: Words }): { readonly show: (state: ChatState) => void } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  // A sheet of its own needs no leave of the page's Content-Security-Policy.
  root.adoptedStyleSheets = [sheet];
  host.lang = words.language;
  Object.assign(host.dataset, { theme: look.theme, position: look.position });
  host.style.setProperty('--brand', look.color);
  host.style.setProperty('--brand-ink', inkOn(look.color));

  const launcherWords = element('span', { class: 'unseen' });
  const count = element('span', { class: 'count', 'aria-hidden': 'true', hidden: true });
  const launcher = element('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, icon(...CHAT_ICON), count, launcherWords);
  const whom = element('p');
  const close = element('button', { type: 'button', 'aria-label': words.close }, icon(...CLOSE_ICON));
  const { log, show: showLog, toEnd } = createLogView({ greeting: look.greeting, name: look.title, words, onDrop: acts.drop, onAgain: acts.again, onFile: (file) => void save(acts, file) });
  const typing = element('p', { class: 'typing' });
  const status = element('p', { class: 'status', role: 'status' });
  const { form, text } = createComposer(acts, words);
  const putEmailAway = () => {
    acts.putEmailAway();
    text.focus();
  };
  const email = createEmailForm({ leave: acts.leaveEmail, putAway: putEmailAway }, words);
  const putAway = () => {
    acts.putAway();
    text.focus();
  };
  const csat = createCsatForm({ rate: acts.rate, putAway }, words, toEnd);
  const title = element('h2', { id: 'title' }, look.title);
  const panel = element('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: true }, element('header', {}, element('div', {}, title, whom), close), log, typing, status, ...csat.parts, ...email.parts, form);
  root.replaceChildren(panel, launcher);

  launcher.addEventListener('click', () => (panel.hidden ? acts.open() : acts.close()));
  close.addEventListener('click', acts.close);
  panel.addEventListener('keydown', (event) => {
    // The page's own shortcuts are not for what is typed here.
    event.stopPropagation();
    if (event.key === 'Escape') acts.close();
  });
  // On a phone it covers the page: there, and only there, it is modal.
  const whole = window.matchMedia(WHOLE_SCREEN);
  trapFocus(panel, root, () => whole.matches);

  return {
    show(state) {
      const opens = state.isOpen && panel.hidden;
      const closes = !state.isOpen && !panel.hidden;
      panel.hidden = !state.isOpen;
      if (whole.matches && host.dataset['preview'] === undefined) panel.setAttribute('aria-modal', 'true');
      else panel.removeAttribute('aria-modal');
      host.toggleAttribute('data-open', state.isOpen);
      launcher.setAttribute('aria-expanded', String(state.isOpen));
      launcherWords.textContent = launcherText(look, state, words);
      count.hidden = state.unread === 0;
      count.textContent = state.unread > 9 ? '9+' : String(state.unread);
      whom.textContent = whomText(state, words);
      typing.textContent = state.typing === null ? '' : words.typing(state.typing);
      status.textContent = statusText(state, words);
      showLog(state);
      email.show(state);
      csat.show(state);
      if (opens) {
        toEnd();
        if (host.dataset['preview'] === undefined) text.focus();
      }
      if (closes) launcher.focus();
    },
  };
}

/** Saves a file as the browser saves downloads: its bytes need our token, so a plain link would not do. */
async function save({ fetchFile }: Acts, { id, fileName }: WidgetAttachment): Promise<void> {
  const blob = await fetchFile(id);
  if (blob === null) return;
  const href = URL.createObjectURL(blob);
  element('a', { href, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

function launcherText({ title }: WidgetLook, { unread, isOpen }: ChatState, words: Words): string {
  if (isOpen) return words.closes(title);
  return unread === 0 ? title : words.unread(title, unread);
}

function whomText({ with: whom }: ChatState, words: Words): string {
  if (whom === null || whom.kind === 'team') return '';
  return whom.kind === 'ai' ? words.withAi(whom.name) : words.withPerson(whom.name);
}

function statusText({ connection, unsent }: ChatState, words: Words): string {
  if (connection !== 'offline') return '';
  const waiting = unsent.filter(({ refusal, isTaken }) => refusal === undefined && !isTaken).length;
  if (waiting === 0) return words.offline;
  return waiting === 1 ? words.keptOne : words.keptMany;
}
