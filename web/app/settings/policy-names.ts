/** Whom and what a policy can name, as people call them. */
export interface PolicyNames {
  readonly groups: readonly { readonly key: string; readonly name: string }[];
  readonly schedules: readonly { readonly id: string; readonly name: string }[];
  /** `receives`: somebody who works tickets, and can be chosen. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly receives: boolean }[];
}

/** What is stored stays readable and can be kept after what it names has gone. */
export function groupName({ groups }: PolicyNames, key: string): string {
  return groups.find((group) => group.key === key)?.name ?? `${key} (no such group)`;
}

export function scheduleName({ schedules }: PolicyNames, id: string): string {
  return schedules.find((schedule) => schedule.id === id)?.name ?? 'a schedule that was deleted';
}

export function personName({ people }: PolicyNames, id: string): string {
  return people.find((person) => person.id === id)?.name ?? 'somebody who has left';
}
