const LIGHT = `--surface: #fff; --ink: #1a1b20; --soft: #53565f; --line: #d5d5dd; --theirs: #f1f1f4; --warn: #8a3d00; --warn-soft: #fff3e0;`;
const DARK = `--surface: #16171a; --ink: #ececee; --soft: #b4b7bf; --line: #3a3d44; --theirs: #26282d; --warn: #f5b57a; --warn-soft: #2f2113;`;

/** On a screen like this the open chat covers the page. */
export const WHOLE_SCREEN = '(max-width: 480px)';

/** The whole look, in a style sheet of its own: nothing of the page's leaks in, and nothing leaks out. */
export const STYLES = `
:host { all: initial; position: fixed; inset-block-end: 20px; z-index: 2147483000; color-scheme: light; ${LIGHT} --brand: #4f46e5; --brand-ink: #fff; }
:host([data-position='right']) { right: 20px; }
:host([data-position='left']) { left: 20px; }
:host([data-theme='dark']) { color-scheme: dark; ${DARK} }
@media (prefers-color-scheme: dark) { :host([data-theme='auto']) { color-scheme: dark; ${DARK} } }
:host([data-preview]) { position: absolute; z-index: 0; }
* { box-sizing: border-box; font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
[hidden] { display: none !important; }
button { font-size: 16px; line-height: 1.2; cursor: pointer; border: 0; color: inherit; background: none; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; box-shadow: 0 0 0 2px var(--surface); }
.launcher { display: grid; place-items: center; width: 56px; height: 56px; padding: 0; border-radius: 50%; background: var(--brand); color: var(--brand-ink); box-shadow: 0 6px 20px rgb(15 23 42 / 28%); position: relative; }
.launcher .count { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px; background: #b4101c; color: #fff; font-size: 13px; font-weight: 600; line-height: 22px; }
.panel { display: flex; flex-direction: column; width: 380px; height: min(640px, calc(100vh - 120px)); min-height: 320px; border-radius: 16px; overflow: hidden; background: var(--surface); color: var(--ink); font-size: 15px; line-height: 1.45; box-shadow: 0 0 0 1px rgb(15 23 42 / 10%), 0 16px 48px rgb(15 23 42 / 28%); position: absolute; inset-block-end: 72px; }
:host([data-position='right']) .panel { right: 0; }
:host([data-position='left']) .panel { left: 0; }
header { display: flex; align-items: center; gap: 8px; padding: 14px 10px 14px 18px; background: var(--brand); color: var(--brand-ink); }
header div { flex: 1; min-width: 0; }
h2 { margin: 0; font-size: 17px; font-weight: 650; line-height: 1.3; overflow-wrap: anywhere; }
header p { margin: 1px 0 0; font-size: 13.5px; }
header button { display: grid; place-items: center; width: 44px; height: 44px; border-radius: 10px; }
header :focus-visible { outline-color: currentColor; box-shadow: none; outline-offset: -4px; }
.log { flex: 1; min-height: 0; margin: 0; padding: 16px; overflow-y: auto; overscroll-behavior: contain; display: flex; flex-direction: column; gap: 10px; }
.log > :first-child { margin-block-start: auto; }
.log:focus-visible { outline-offset: -3px; box-shadow: none; }
.message { max-width: 85%; padding: 9px 13px; border-radius: 14px; background: var(--theirs); align-self: flex-start; white-space: pre-wrap; overflow-wrap: anywhere; }
.message.you { align-self: flex-end; background: var(--brand); color: var(--brand-ink); }
.message.you.waiting { opacity: 1; background: var(--surface); color: var(--ink); border: 1px dashed var(--soft); }
.message a { color: inherit; }
.by { display: block; margin-block-end: 2px; font-size: 12.5px; font-weight: 600; color: var(--soft); white-space: normal; }
.you .by { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.state { align-self: flex-end; font-size: 12.5px; color: var(--soft); }
.state button { font-size: 12.5px; text-decoration: underline; padding: 4px; }
.seen { margin: -6px 4px 0 0; }
.arrival { align-self: center; font-size: 13px; color: var(--soft); }
.typing { margin: 0; padding: 0 18px 8px; font-size: 13px; color: var(--soft); }
.typing:empty { display: none; }
.status { margin: 0; padding: 7px 16px; font-size: 13.5px; background: var(--warn-soft); color: var(--warn); }
.status:empty { display: none; }
.left { background: none; color: var(--soft); overflow-wrap: anywhere; }
.left button { padding: 4px; font-size: 13.5px; text-decoration: underline; }
form { display: flex; align-items: flex-end; gap: 8px; padding: 12px; border-block-start: 1px solid var(--line); }
form.email label { flex: 1 1 calc(100% - 52px); align-self: center; }
.email .quiet svg { width: 18px; height: 18px; }
label { flex-basis: 100%; font-size: 13.5px; color: var(--soft); }
textarea, input { flex: 1; min-width: 0; min-height: 44px; max-height: 132px; padding: 10px 12px; border: 1px solid var(--soft); border-radius: 12px; background: var(--surface); color: var(--ink); font-size: 16px; line-height: 1.4; resize: none; }
textarea::placeholder { color: var(--soft); opacity: 1; }
form button { display: grid; place-items: center; min-width: 44px; height: 44px; padding: 0 10px; border-radius: 12px; background: var(--brand); color: var(--brand-ink); font-weight: 600; }
form button.quiet { background: none; color: var(--soft); padding: 0; }
.files { flex-basis: 100%; display: flex; flex-wrap: wrap; gap: 6px; font-size: 13.5px; color: var(--soft); }
.files:empty { display: none; }
form { flex-wrap: wrap; }
.file { display: inline-flex; align-items: center; gap: 4px; padding: 2px 4px 2px 10px; border: 1px solid var(--line); border-radius: 10px; }
form .file button { min-width: 28px; height: 28px; padding: 0; background: none; color: var(--ink); }
.download { display: block; margin-block-start: 6px; padding: 6px 0; font-size: 14px; text-decoration: underline; text-align: start; overflow-wrap: anywhere; }
form.csat { align-items: center; gap: 8px; padding-block: 4px 12px; }
.asked { flex: 1; min-width: 0; margin: 0; font-weight: 600; font-size: 14.5px; }
form.csat .change { min-width: 0; padding: 0 8px; background: none; color: inherit; font-weight: 400; font-size: 13.5px; text-decoration: underline; }
.csat .quiet svg { width: 18px; height: 18px; }
.faces { flex-basis: 100%; display: grid; grid-template-columns: repeat(5, 1fr); gap: 4px; }
.face { position: relative; display: flex; flex-direction: column; align-items: center; gap: 3px; padding: 7px 0 6px; border: 1px solid transparent; border-radius: 12px; font-size: 12.5px; cursor: pointer; }
.face svg { width: 30px; height: 30px; stroke-width: 1.75; }
.face:hover { background: var(--theirs); }
.face:has(:checked) { border-color: currentColor; background: var(--theirs); color: var(--ink); font-weight: 600; }
.face:has(:focus-visible) { outline: 3px solid var(--brand); outline-offset: 1px; }
form.csat textarea { flex-basis: 100%; }
form.csat [type='submit'] { flex: 1; font-size: 15px; }
.offer { align-self: center; padding: 8px 12px; font-size: 13.5px; color: var(--soft); text-decoration: underline; }
.error { flex-basis: 100%; margin: 0; font-size: 13.5px; color: var(--warn); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media ${WHOLE_SCREEN} {
  :host(:not([data-preview])) .panel { position: fixed; inset: 0; width: auto; height: auto; min-height: 0; border-radius: 0; }
  :host(:not([data-preview])[data-open]) .launcher { display: none; }
}
:host([data-preview]) .panel { width: min(380px, calc(100cqw - 40px)); height: 440px; }
@media (prefers-reduced-motion: no-preference) {
  .launcher { transition: transform 120ms ease-out; }
  .launcher:hover { transform: scale(1.05); }
  .panel { animation: baton-rise 140ms ease-out; }
  @keyframes baton-rise { from { opacity: 0; transform: translateY(8px); } }
}
@media (forced-colors: active) { .message, .panel, .launcher, .face, form button { border: 1px solid CanvasText; } }
`;
