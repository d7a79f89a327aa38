/** What an SLA clock measures, in words inside a sentence; an unknown one by its name. */
export function clockWords(kind: string): string {
  switch (kind) {
    case 'first_reply':
      return 'first reply';
    case 'next_reply':
      return 'next reply';
    default:
      return kind.replaceAll('_', ' ');
  }
}

/** "2 h 05 min", "3 d 4 h": a length of a clock's own hours; a day is 24 of them. */
export function lengthWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${hours} h`;
  return minutes === 0 ? 'under a minute' : `${minutes} min`;
}
