export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const YEAR_S = 31_536_000;

/** How this browser likes to see things; plain cookies, because they are no secret and the first byte needs them. */
export function preferencesOf(request: Request): { theme: Theme; density: Density } {
  const cookies = new Map(
    (request.headers.get('cookie') ?? '').split(';').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name.trim(), value.trim()] as const;
    }),
  );
  return {
    theme: THEMES.find((theme) => theme === cookies.get('baton_theme')) ?? 'system',
    density: DENSITIES.find((density) => density === cookies.get('baton_density')) ?? 'comfortable',
  };
}

/** The cookie that keeps a choice, or null where the choice is none of ours. */
export function preferenceCookie(name: string, value: string): string | null {
  const isKnown =
    (name === 'theme' && THEMES.some((theme) => theme === value)) ||
    (name === 'density' && DENSITIES.some((density) => density === value));
  return isKnown ? `baton_${name}=${value}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax` : null;
}
