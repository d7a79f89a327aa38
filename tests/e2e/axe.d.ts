import type axeCore from 'axe-core';

declare global {
  interface Window {
    axe: typeof axeCore;
  }
}
