/** P6, from least to most pressing. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

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
