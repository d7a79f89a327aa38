import type { WidgetAttachment } from '#workflows/contract/widget-api.ts';
import { MOST_CHARACTERS } from '#workflows/contract/widget-limits.ts';
import { ATTACH_ICON, element, icon, SEND_ICON } from './element.ts';
import type { Acts } from './view.ts';
import type { Words } from './words/words.ts';

/** Where the visitor writes: Enter sends, Shift-Enter breaks the line; files are uploaded as they are chosen. */
export function createComposer({ say, type, attach }: Pick<Acts, 'say' | 'type' | 'attach'>, words: Words) {
  const text = element('textarea', { rows: '1', placeholder: words.write, 'aria-label': words.message, maxlength: String(MOST_CHARACTERS), enterkeyhint: 'send' });
  const chooser = element('input', { type: 'file', hidden: true, tabindex: '-1', 'aria-hidden': 'true' });
  const add = element('button', { type: 'button', class: 'quiet', 'aria-label': words.attach }, icon(...ATTACH_ICON));
  const send = element('button', { type: 'submit', 'aria-label': words.send }, icon(...SEND_ICON));
  const files = element('div', { class: 'files', role: 'status' });
  const form = element('form', {}, files, add, chooser, text, send);
  let attached: readonly WidgetAttachment[] = [];

  const grow = () => {
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight + 2, 132)}px`;
  };
  const showFiles = (said = '') => files.replaceChildren(...attached.map((file) => chip(file)), said);
  function chip(file: WidgetAttachment): HTMLElement {
    const remove = element('button', { type: 'button', 'aria-label': words.leaveOut(file.fileName) }, '×');
    remove.addEventListener('click', () => {
      attached = attached.filter(({ id }) => id !== file.id);
      showFiles();
      text.focus();
    });
    return element('span', { class: 'file' }, file.fileName, remove);
  }

  add.addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files ?? [];
    chooser.value = '';
    if (file === undefined) return;
    showFiles(words.uploading(file.name));
    void attach(file).then((kept) => {
      if (typeof kept !== 'string') attached = [...attached, kept];
      showFiles(typeof kept === 'string' ? kept : '');
      text.focus();
    });
  });
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
    // A file alone is sent under its name: lists and mails show a text.
    const said = text.value.trim() === '' ? attached.map(({ fileName }) => fileName).join(', ') : text.value;
    if (said === '') return;
    say(said, attached);
    text.value = '';
    attached = [];
    showFiles();
    grow();
    text.focus();
  });
  return { form, text };
}
