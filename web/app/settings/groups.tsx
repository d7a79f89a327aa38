import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { GroupView } from '#workflows/contract/people-time-views.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { LineActs, Lines, LineText } from './settings-page.tsx';

interface Member {
  readonly id: string;
  readonly name: string;
}

/** The team's groups with their members; admins make, change and delete them. */
export function Groups({ groups, people, isAdmin }: { groups: readonly GroupView[]; people: readonly Member[]; isAdmin: boolean }) {
  const { run } = useCommand('/do/settings');
  const [editing, setEditing] = useState<GroupView | 'new' | null>(null);
  const [removing, setRemoving] = useState<GroupView | null>(null);
  return (
    <section>
      <div className="mb-2 flex items-center gap-2">
        <h3 className="flex-1 font-medium">Groups</h3>
        {isAdmin && (
          <Button size="small" onClick={() => setEditing('new')}>
            <Plus className="size-3.5" aria-hidden="true" />
            New group
          </Button>
        )}
      </div>
      {groups.length === 0 ? (
        <p className="text-ink-faint">No groups yet. Handover cases and assignment can name one.</p>
      ) : (
        <Lines>
          {groups.map((group) => (
            <li key={group.key}>
              <LineText>
                <span className="flex items-center gap-2 font-medium">
                  <span className="truncate">{group.name}</span>
                  <Badge>{group.key}</Badge>
                </span>
                <span className="block text-sm text-ink-faint">{people.filter(({ id }) => group.members.includes(id)).map(({ name }) => name).join(', ') || 'Nobody yet'}</span>
              </LineText>
              {isAdmin && (
                <LineActs>
                  <Button size="small" onClick={() => setEditing(group)}>
                    Edit
                  </Button>
                  <Button size="small" look="quiet" onClick={() => setRemoving(group)}>
                    Delete
                  </Button>
                </LineActs>
              )}
            </li>
          ))}
        </Lines>
      )}
      {editing && <GroupDialog group={editing === 'new' ? null : editing} people={people} onClose={() => setEditing(null)} />}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={`Delete “${removing?.name ?? ''}”?`}
        cancel="Keep"
        action="Delete"
        isDanger
        onAction={() => removing && void run({ intent: 'group-delete', groupKey: removing.key }, { done: 'Group deleted' })}
      >
        Its members stay in the team. A group that a handover case or assignment names cannot be deleted.
      </Confirm>
    </section>
  );
}

function GroupDialog({ group, people, onClose }: { group: GroupView | null; people: readonly Member[]; onClose: () => void }) {
  const { form, key, isBusy, refusal, errorOf } = useForm({
    path: '/do/settings',
    onDone: () => {
      onClose();
      toast(group ? 'Group saved' : 'Group made');
    },
  });
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={group ? group.name : 'New group'}>
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent={group ? 'group-change' : 'group-new'} formKey={key} />
        <TextField label="Name" name="name" required maxLength={100} defaultValue={group?.name ?? ''} error={errorOf('name')} />
        {group ? (
          <input type="hidden" name="groupKey" value={group.key} />
        ) : (
          <TextField label="Key" name="groupKey" maxLength={64} placeholder="Made from the name" hint="What handover cases and assignment name; it stays as it is." error={errorOf('key')} />
        )}
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">Members</legend>
          <div className="flex max-h-60 flex-col gap-1 overflow-y-auto rounded-md border p-2">
            {people.map(({ id, name }) => (
              <label key={id} className="flex items-center gap-2 rounded px-1 py-0.5 hover:bg-hover">
                <input type="checkbox" name="member" value={id} defaultChecked={group?.members.includes(id) ?? false} className="size-4 accent-accent" />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
