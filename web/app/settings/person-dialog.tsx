import type { PersonTimeView } from '#workflows/contract/people-time-views.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { ZoneOptions } from './zone-options.tsx';

/** What is assigned to somebody: skills, languages, cap; and the zone they live in. */
export function PersonDialog({ person, onClose }: { person: PersonTimeView; onClose: () => void }) {
  const { routing } = person;
  const { form, key, isBusy, refusal, errorOf, errorIn } = useForm({
    path: '/do/settings',
    onDone: () => {
      onClose();
      toast('Saved');
    },
  });
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={person.name} description="What automatic assignment goes by.">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="people-routing" formKey={key} />
        <input type="hidden" name="id" value={person.operatorId} />
        <input type="hidden" name="version" value={routing.version} />
        <TextField label="Skills" name="skills" defaultValue={routing.skills.join(', ')} placeholder="billing, returns" hint="Short names, as the handover cases use them." error={errorIn('skills')} />
        <TextField label="Languages" name="languages" defaultValue={routing.languages.join(', ')} placeholder="en, de, pt-BR" hint="Language tags." error={errorIn('languages')} />
        <TextField label="Cap" name="cap" inputMode="numeric" defaultValue={routing.cap ?? ''} placeholder="None" hint="The most active tickets to be given automatically; 0 means none." error={errorOf('cap')} />
        <ZoneOptions>
          {(list) => <TextField label="Zone" name="zone" list={list} required defaultValue={person.zone} hint="Dates of time off and times on their pages are in it." error={errorOf('zone')} />}
        </ZoneOptions>
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
