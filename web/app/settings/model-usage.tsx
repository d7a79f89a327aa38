import type { ModelUsage } from '#workflows/contract/model.ts';
import { useRoot } from '../root-data.ts';
import { durationWords, taskWords } from './model-words.ts';
import { Card } from './settings-page.tsx';

const CELL = 'py-1.5 pl-3 text-right tabular-nums';

/** What the month has used so far, of what it may, by task. */
export function ModelUsageCard({ usage, monthlyTokens }: { usage: ModelUsage; monthlyTokens: number | null }) {
  const { locale } = useRoot();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const cost = (value: number | null) => (value === null ? '–' : new Intl.NumberFormat(locale, { maximumFractionDigits: value < 1 ? 4 : 2 }).format(value));
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(usage.since));
  const tokens = usage.tokensIn + usage.tokensOut;
  const isPriced = usage.cost !== null;
  return (
    <Card title={`Used in ${month}`}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-lg font-semibold tabular-nums">{count(tokens)}</span>
        <span className="text-ink-soft">{monthlyTokens === null ? 'tokens, without a limit' : `of ${count(monthlyTokens)} tokens`}</span>
        {usage.averageMs !== null && <span className="ml-auto text-sm text-ink-faint">{durationWords(usage.averageMs)} a call</span>}
      </p>
      {monthlyTokens !== null && <progress aria-label="Share of the month’s tokens" max={Math.max(monthlyTokens, 1)} value={Math.min(tokens, Math.max(monthlyTokens, 1))} className="mt-2 block h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent" />}
      {monthlyTokens !== null && tokens >= monthlyTokens && <p className="mt-2 rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">The budget is used up: until the first of next month nothing more is asked.</p>}
      {usage.calls === 0 ? (
        <p className="mt-3 text-ink-faint">Nothing was asked this month.</p>
      ) : (
        <div className="mt-3 overflow-x-auto">
          <table className="w-full text-sm">
            <thead className="text-xs text-ink-faint">
              <tr>
                <th className="py-1 text-left font-medium">For</th>
                <th className={`${CELL} font-medium`}>Calls</th>
                <th className={`${CELL} font-medium`}>Failed</th>
                <th className={`${CELL} font-medium`}>Read</th>
                <th className={`${CELL} font-medium`}>Written</th>
                {isPriced && <th className={`${CELL} font-medium`}>Cost</th>}
              </tr>
            </thead>
            <tbody className="divide-y border-t">
              {[...usage.tasks, { ...usage, task: 'all' }].map((row) => (
                <tr key={row.task} className={row.task === 'all' ? 'font-semibold' : ''}>
                  <th scope="row" className={`py-1.5 text-left ${row.task === 'all' ? 'font-semibold' : 'font-normal'}`}>
                    {row.task === 'all' ? 'All' : taskWords(row.task)}
                  </th>
                  <td className={CELL}>{count(row.calls)}</td>
                  <td className={CELL}>{count(row.failed)}</td>
                  <td className={CELL}>{count(row.tokensIn)}</td>
                  <td className={CELL}>{count(row.tokensOut)}</td>
                  {isPriced && <td className={CELL}>{cost(row.cost)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
