import { Link } from '@remix-run/react';
import { LoaderCircle, Redo2, Sparkles, Square, Undo2 } from 'lucide-react';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { FormRefusal } from '../ui/form.tsx';
import { doingWords, warningWords } from './compose-words.ts';
import type { Compose } from './use-compose.ts';

/** What the model is doing, or what came of it: what to check, how to go back, or why nothing came. */
export function ComposeOutcome({ compose: { task, ending, undone, stop, undo } }: { compose: Compose }) {
  if (task !== null) {
    return (
      <div role="status" className="flex items-center gap-2 rounded-md border border-ai-line bg-ai-soft py-1 pr-1 pl-3 text-sm text-ai">
        <LoaderCircle className="size-3.5 animate-spin motion-reduce:animate-none" aria-hidden="true" />
        <span className="min-w-0 flex-1">{doingWords(task)}</span>
        <Button look="quiet" size="small" onClick={stop}>
          <Square className="size-3 fill-current" aria-hidden="true" />
          Stop
        </Button>
      </div>
    );
  }
  return (
    <>
      {ending?.state === 'failed' && <Failure detail={ending.detail ?? 'Nothing came of it.'} isAboutModel={ending.problem === 'no_model' || ending.problem === 'budget'} />}
      {ending !== null && ending.warnings.length > 0 && (
        <div role="status" className="rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">
          <p className="font-medium">Check this before you send</p>
          <ul className="list-disc pl-4">
            {ending.warnings.map((warning) => (
              <li key={`${warning.kind} ${warning.what} ${warning.change}`}>{warningWords(warning)}</li>
            ))}
          </ul>
        </div>
      )}
      {ending?.isCut && <p className="rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">The AI would have gone on: the end may be missing.</p>}
      {undone !== null && (
        <div className="flex items-center gap-2 text-xs text-ai">
          <Sparkles className="size-3.5" aria-hidden="true" />
          <span className="min-w-0 flex-1">{undone ? 'Your text, as it was' : ending?.state === 'stopped' ? 'Stopped; this is what was written' : 'Written with AI'}</span>
          <Button look="quiet" size="small" onClick={undo}>
            {undone ? <Redo2 className="size-3.5" aria-hidden="true" /> : <Undo2 className="size-3.5" aria-hidden="true" />}
            {undone ? 'Redo' : 'Undo'}
          </Button>
        </div>
      )}
    </>
  );
}

function Failure({ detail, isAboutModel }: { detail: string; isAboutModel: boolean }) {
  const isAdmin = useShell().me.role === 'admin';
  return (
    <FormRefusal>
      {detail}{' '}
      {isAboutModel && isAdmin && (
        <Link to="/settings/model" className="font-medium underline underline-offset-2">
          Language and AI
        </Link>
      )}
    </FormRefusal>
  );
}
