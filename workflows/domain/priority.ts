/** P6, from least to most pressing. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export function higherOf(one: Priority, other: Priority): Priority {
  return PRIORITIES.indexOf(one) >= PRIORITIES.indexOf(other) ? one : other;
}

/** One step up; urgent stays urgent. */
export function raised(priority: Priority): Priority {
  switch (priority) {
    case 'low':
      return 'normal';
    case 'normal':
      return 'high';
    case 'high':
    case 'urgent':
      return 'urgent';
  }
}
