/** What customers call somebody: the first of their names, and nothing by which they could be found. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
