const CAN_HAVE_FOCUS = 'button:not([disabled]), textarea, input, a[href], [tabindex="0"]';

/** Keeps Tab within the panel, round and round, while it is modal (https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/). */
export function trapFocus(panel: HTMLElement, root: ShadowRoot, isModal: () => boolean): void {
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || !isModal()) return;
    const stops = [...panel.querySelectorAll<HTMLElement>(CAN_HAVE_FOCUS)].filter((one) => one.offsetParent !== null);
    const [first, last] = [stops[0], stops.at(-1)];
    const leaves = event.shiftKey ? root.activeElement === first : root.activeElement === last;
    if (!leaves) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  });
}
