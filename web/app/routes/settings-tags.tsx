import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Tag, X } from 'lucide-react';
import { useState } from 'react';
import { MAX_TAG_LENGTH } from '#workflows/contract/text.ts';
import { deskOf, valueOf } from '../desk.server.ts';
import { Card, SettingsPage } from '../settings/settings-page.tsx';
import { useMayWrite } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { tags: await valueOf(deskOf(context, request).tags(), request) };
}

export default function Tags() {
  const { tags } = useLoaderData<typeof loader>();
  const mayWrite = useMayWrite();
  const { run } = useCommand('/do/settings');
  const [removing, setRemoving] = useState<string | null>(null);
  const { form, key, isBusy, refusal, errorOf } = useForm({ path: '/do/settings', onDone: (_value, sent) => sent.reset() });
  return (
    <SettingsPage title="Tags" lead="Words to find and filter tickets by.">
      {mayWrite && (
        <Card>
          <form {...form} className="flex flex-wrap items-end gap-3">
            <HiddenFields intent="tag-new" formKey={key} />
            <div className="min-w-48 flex-1">
              <TextField label="New tag" name="name" required maxLength={MAX_TAG_LENGTH} error={errorOf('name')} />
            </div>
            <Button type="submit" look="primary" className="h-9" disabled={isBusy}>
              Add
            </Button>
            <FormRefusal>{refusal}</FormRefusal>
          </form>
        </Card>
      )}
      {tags.length === 0 ? (
        <Empty icon={<Tag />} title="No tags yet">
          Add one here or at a ticket.
        </Empty>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag} className="inline-flex h-8 items-center gap-1 rounded-md border bg-sunken pr-1 pl-2.5">
              {tag}
              {mayWrite && (
                <Button look="quiet" size="icon" className="!size-6" aria-label={`Delete ${tag}`} onClick={() => setRemoving(tag)}>
                  <X className="size-3.5" />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={`Delete “${removing ?? ''}”?`}
        cancel="Keep"
        action="Delete"
        isDanger
        onAction={() => removing !== null && void run({ intent: 'tag-delete', name: removing }, { done: 'Tag deleted' })}
      >
        It is no longer offered. Tickets that carry it keep it.
      </Confirm>
    </SettingsPage>
  );
}
