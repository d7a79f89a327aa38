import type { WidgetLook } from '#workflows/contract/widgets.ts';
import { MOST_CHARACTERS } from '#workflows/contract/widget-limits.ts';
import type { ChatState } from './chat-state.ts';
import { inkOn } from './colours.ts';
import { CHAT_ICON, CLOSE_ICON, element, icon, SEND_ICON } from './element.ts';
import { createEmailForm } from './email-form.ts';
import { trapFocus } from './focus-trap.ts';
import { createLogView } from './log-view.ts';
import { STYLES } from './styles.ts';

/** What the visitor does in the panel. */
export interface Acts {
  readonly open: () => void;
  readonly close: () => void;
  readonly say: (text: string) => void;
  readonly type: () => void;
  readonly drop: (id: string) => void;
  /** Gives what was wrong with it, or null. */
  readonly leaveEmail: (email: string) => Promise<string | null>;
}

/** Builds launcher and panel in a shadow root of `host`; `show` brings them up to date. */
export function createView(host: HTMLElement, look: WidgetLook, acts: Acts): { show(state: ChatState): void } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  // A sheet of its own needs no leave of the page's Content-Security-Policy.
  root.adoptedStyleSheets = [sheet];
  host.lang = 'en';
  Object.assign(host.dataset, { theme: look.theme, position: look.position });
  host.style.setProperty('--brand', look.color);
  host.style.setProperty('--brand-ink', inkOn(look.color));

  const launcherWords = element('span', { class: 'unseen' });
  const count = element('span', { class: 'count', 'aria-hidden': 'true', hidden: true });
  const launcher = element('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, icon(...CHAT_ICON), count, launcherWords);
  const whom = element('p');
  const close = element('button', { type: 'button', 'aria-label': 'Close the chat' }, icon(...CLOSE_ICON));
  const { log, show: showLog, toEnd } = createLogView({ greeting: look.greeting, name: look.title, onDrop: acts.drop });
  const typing = element('p', { class: 'typing' });
  const status = element('p', { class: 'status', role: 'status' });
  const email = createEmailForm(acts.leaveEmail);
  const { form, text } = createComposer(acts);
  const title = element('h2', { id: 'title' }, look.title);
  const panel = element('section', { class: 'panel', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'title', hidden: true }, element('header', {}, element('div', {}, title, whom), close), log, typing, status, email.form, form);
  root.replaceChildren(panel, launcher);

  launcher.addEventListener('click', () => (panel.hidden ? acts.open() : acts.close()));
  close.addEventListener('click', acts.close);
  panel.addEventListener('keydown', (event) => {
    // The page's own shortcuts are not for what is typed here.
    event.stopPropagation();
    if (event.key === 'Escape') acts.close();
  });
  trapFocus(panel, root);

  return {
    show(state) {
      const opens = state.isOpen && panel.hidden;
      const closes = !state.isOpen && !panel.hidden;
      panel.hidden = !state.isOpen;
      host.toggleAttribute('data-open', state.isOpen);
      launcher.setAttribute('aria-expanded', String(state.isOpen));
      launcherWords.textContent = launcherText(look, state);
      count.hidden = state.unread === 0;
      count.textContent = state.unread > 9 ? '9+' : String(state.unread);
      whom.textContent = whomText(state);
      typing.textContent = state.typing === null ? '' : `${state.typing} is writing…`;
      status.textContent = statusText(state);
      showLog(state);
      email.show(state);
      if (opens) {
        toEnd();
        if (host.dataset['preview'] === undefined) text.focus();
      }
      if (closes) launcher.focus();
    },
  };
}

function createComposer({ say, type }: Pick<Acts, 'say' | 'type'>) {
  const text = element('textarea', { rows: '1', placeholder: 'Write a message', 'aria-label': 'Message', maxlength: String(MOST_CHARACTERS), enterkeyhint: 'send' });
  const send = element('button', { type: 'submit', 'aria-label': 'Send' }, icon(...SEND_ICON));
  const form = element('form', {}, text, send);
  const grow = () => {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight + 2, 132)}px`;
  };
  text.addEventListener('input', () => {
    grow();
    if (text.value !== '') type();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim() === '') return;
    say(text.value);
    text.value = '';
    grow();
    text.focus();
  });
  return { form, text };
}

function launcherText({ title }: WidgetLook, { unread, isOpen }: ChatState): string {
  if (isOpen) return `Close: ${title}`;
  return unread === 0 ? title : `${title}, ${unread} new ${unread === 1 ? 'message' : 'messages'}`;
}

function whomText({ with: whom }: ChatState): string {
  if (whom === null || whom.kind === 'team') return '';
  return whom.kind === 'ai' ? `${whom.name}, an AI assistant, answers` : `You are talking with ${whom.name}`;
}

function statusText({ connection, unsent, leftEmail }: ChatState): string {
  if (connection !== 'offline') return leftEmail === null ? '' : `We will write to ${leftEmail} if you leave.`;
  const waiting = unsent.filter(({ refusal, isTaken }) => refusal === undefined && !isTaken).length;
  if (waiting === 0) return 'You are offline. Trying again…';
  return waiting === 1 ? 'You are offline; your message is kept and sent later.' : `You are offline; your ${waiting} messages are kept and sent later.`;
}
