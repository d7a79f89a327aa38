import type { Result } from '#workflows/domain/errors.ts';
import type { Terminal } from './command.ts';

/** Prints what a use case gave, or says why it refused; gives the exit code. */
export function answer<T>(terminal: Terminal, result: Result<T>, line?: (value: T) => string): number {
  if (!result.ok) {
    // The use cases name fields; here a person typed options.
    terminal.say(result.detail.replaceAll('option.', '--'));
    return 1;
  }
  if (line !== undefined) terminal.print(line(result.value));
  return 0;
}
