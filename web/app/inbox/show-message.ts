const FLASH_MS = 1_600;

/** Brings a message of the page into view, gives it the focus and lights it up for a moment; false: it is not on this page. */
export function showMessage(id: string): boolean {
  const card = document.getElementById(id);
  if (card === null) return false;
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  card.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' });
  card.focus({ preventScroll: true });
  const light = { outline: '2px solid var(--color-ai)', outlineOffset: '2px' };
  card.animate([light, light, { ...light, outlineColor: 'transparent' }], { duration: FLASH_MS });
  return true;
}
