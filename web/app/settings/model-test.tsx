import { useState } from 'react';
import type { ModelTested } from '#workflows/contract/model.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { durationWords } from './model-words.ts';
import { Card } from './settings-page.tsx';

/** One short question to the model as it is saved, and what came back. */
export function ModelTest() {
  const { run, pending } = useCommand('/do/settings');
  const [tested, setTested] = useState<ModelTested | null>(null);
  const isBusy = pending !== null;
  return (
    <Card title="Test">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 text-ink-soft">Asks the model one short question, as it is saved now.</p>
        <Button disabled={isBusy} onClick={() => void run<ModelTested>({ intent: 'model-test' }, { onDone: setTested })}>
          {isBusy ? 'Asking…' : 'Test'}
        </Button>
      </div>
      <div aria-live="polite">{tested && !isBusy && <Tested tested={tested} />}</div>
    </Card>
  );
}

function Tested({ tested: { ok, model, ms, problem, words } }: { tested: ModelTested }) {
  return (
    <div className="mt-4 flex flex-col gap-1.5 border-t pt-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={ok ? 'ok' : 'danger'}>{ok ? 'It answers' : 'No answer'}</Badge>
        {model !== null && <span className="min-w-0 break-all">{model}</span>}
        <span className="text-sm text-ink-faint">{durationWords(ms)}</span>
      </p>
      {problem !== null && <p className="text-ink-soft">{problem}</p>}
      {words !== null && <p className="border-l-2 pl-3 text-sm break-words text-ink-soft">{words}</p>}
    </div>
  );
}
