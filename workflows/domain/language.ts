/** Tags that name the same language to whoever speaks it: old ones, and the two ways to write Norwegian. */
const SAME: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', in: 'id', ji: 'yi', cmn: 'zh' };

/** What people are asked for: whoever speaks pt can read pt-BR, and asking for the region would leave tickets waiting for a spelling. */
export function primaryLanguage(tag: string): string {
  const primary = (tag.split('-')[0] ?? tag).toLowerCase();
  return SAME[primary] ?? primary;
}

/** Whether whoever has these languages reads that one. */
export function speaks(languages: readonly string[], tag: string): boolean {
  return languages.some((one) => primaryLanguage(one) === primaryLanguage(tag));
}

/** Somebody's languages: what was written down of them, and the one in which they see Baton. */
export function languagesOf({ languages, locale }: { languages: readonly string[]; locale: string }): readonly string[] {
  return speaks(languages, locale) ? languages : [...languages, locale];
}

/**
 * What somebody with this locale is given to read: the language, and more only where the ways to write it are far apart: Chinese
 * by its script, Portuguese by Brazil or Portugal. Few for each language: every one of them is another translation that is paid for.
 */
export function readingLanguage(locale: string): string {
  const primary = primaryLanguage(locale);
  if (primary === 'zh') return new Intl.Locale(locale).maximize().script === 'Hant' ? 'zh-Hant' : 'zh-Hans';
  if (primary !== 'pt') return primary;
  const { region } = new Intl.Locale(locale);
  return region === undefined ? 'pt' : region === 'BR' ? 'pt-BR' : 'pt-PT';
}
