interface Person {
  readonly id: string;
  readonly name: string;
}

/** Whom a note calls: everybody whose full name follows an `@`. Longer names win over their beginnings. */
export function mentionedIn<T extends Person>(text: string, people: readonly T[]): readonly T[] {
  let rest = text;
  const found: T[] = [];
  for (const person of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const call = `@${person.name}`;
    if (!rest.includes(call)) continue;
    rest = rest.replaceAll(call, '');
    found.push(person);
  }
  return found;
}
