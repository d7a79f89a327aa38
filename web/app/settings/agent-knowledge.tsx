import { useState } from 'react';
import type { KnowledgeRow, KnowledgeView } from '#workflows/contract/agent-setup.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { Time } from '../ui/time.tsx';
import { toast } from '../ui/toast.tsx';
import { Card } from './settings-page.tsx';

/** What a built-in agent may look up, and cites in its answers. */
export function AgentKnowledge({ agentId, texts }: { agentId: string; texts: readonly KnowledgeRow[] }) {
  const { run } = useCommand('/do/settings');
  const [open, setOpen] = useState<KnowledgeView | 'new' | null>(null);
  const [leaving, setLeaving] = useState<KnowledgeRow | null>(null);
  const edit = (textId: string) => void run<KnowledgeView>({ intent: 'knowledge-read', id: agentId, textId }, { onDone: setOpen });
  return (
    <Card
      title="Knowledge"
      action={
        <Button size="small" onClick={() => setOpen('new')}>
          Add text
        </Button>
      }
    >
      {texts.length === 0 ? (
        <p className="text-ink-soft">Nothing yet. Add your terms, prices and answers: the agent looks them up instead of guessing, and its answers show where they come from.</p>
      ) : (
        <ul className="-my-2 divide-y">
          {texts.map((text) => (
            <li key={text.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <span className="min-w-0 flex-1 basis-40 truncate font-medium">{text.title}</span>
              <span className="text-sm text-ink-faint">
                {text.length.toLocaleString()} characters, <Time at={text.changedAt} />
              </span>
              <Button size="small" look="quiet" onClick={() => edit(text.id)} aria-label={`Edit ${text.title}`}>
                Edit
              </Button>
              <Button size="small" look="quiet" onClick={() => setLeaving(text)} aria-label={`Delete ${text.title}`}>
                Delete
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open !== null && <KnowledgeDialog agentId={agentId} text={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      <Confirm
        isOpen={leaving !== null}
        onOpenChange={(isOpen) => !isOpen && setLeaving(null)}
        title={`Delete “${leaving?.title ?? ''}”?`}
        cancel="Keep"
        action="Delete"
        isDanger
        onAction={() => void run({ intent: 'knowledge-delete', id: agentId, textId: leaving?.id ?? '' }, { done: 'Text deleted' })}
      >
        The agent does not find it any more. Answers that cite it keep what they cited.
      </Confirm>
    </Card>
  );
}

function KnowledgeDialog({ agentId, text, onClose }: { agentId: string; text: KnowledgeView | null; onClose: () => void }) {
  const { form, key, isBusy, refusal, errorOf } = useForm({
    path: '/do/settings',
    onDone: () => {
      onClose();
      toast('Text saved');
    },
  });
  return (
    <Dialog isOpen isWide onOpenChange={(isOpen) => !isOpen && onClose()} title={text === null ? 'Add text' : text.title}>
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="knowledge-save" formKey={key} />
        <input type="hidden" name="id" value={agentId} />
        <input type="hidden" name="textId" value={text?.id ?? ''} />
        <TextField label="Title" name="title" required maxLength={200} defaultValue={text?.title ?? ''} placeholder="Returns" error={errorOf('title')} />
        <TextArea label="Text" name="text" required rows={14} maxLength={100_000} defaultValue={text?.text ?? ''} hint="Leave an empty line between topics: they are found one by one." error={errorOf('text')} />
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
