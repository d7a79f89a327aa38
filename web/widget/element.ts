type Attributes = Readonly<Record<string, string | boolean>>;

/** An element with its attributes and children; text is always text, whatever somebody wrote. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? '' : value);
  made.append(...children);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line icon of 24 by 24; words beside it or around it say what it means. */
export function icon(...paths: string[]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: '24', height: '24', fill: 'none', stroke: 'currentColor', 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' })) svg.setAttribute(name, value);
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export const CHAT_ICON = ['M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.800A8.400 8.400 0 1 1 21 11.500z'];
export const CLOSE_ICON = ['M18 6 6 18', 'm6 6 12 12'];
export const ATTACH_ICON = ['m21 11-9.200 9.200a5 5 0 0 1-7-7l9.200-9.200a3.300 3.300 0 0 1 4.700 4.700l-9.200 9.200a1.700 1.700 0 0 1-2.400-2.400l8.500-8.400'];
export const SEND_ICON = ['M22 2 11 13', 'M22 2l-7 20-4-9-9-4z'];
