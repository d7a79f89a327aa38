import { useState } from 'react';
import { Field, SelectField } from '../ui/field.tsx';
import type { KnownNeeds } from './known-needs.server.ts';
import { LanguagePicker } from './language-picker.tsx';
import { SkillPicker } from './skill-picker.tsx';

/** What a ticket that is being made asks of whoever gets it (P20), as fields of its form. */
export function NeedsFields({ known, errorIn }: { known: KnownNeeds; errorIn: (field: string) => string | undefined }) {
  const [skills, setSkills] = useState<readonly string[]>([]);
  const [language, setLanguage] = useState<string | null>(null);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Who should get it?</legend>
      <p className="mb-3 text-sm text-ink-faint">Automatic assignment goes by this. Assigning by hand may ignore it.</p>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <SelectField label="Group" name="group" defaultValue="" error={errorIn('group')}>
          <option value="">Any group</option>
          {known.groups.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field label="Language" error={errorIn('language')}>
          {(control) => <LanguagePicker language={language} spoken={known.languages} onChange={setLanguage} control={control} />}
        </Field>
        <Field label="Skills" error={errorIn('skills')}>
          {(control) => <SkillPicker skills={skills} known={known.skills} onChange={setSkills} control={control} />}
        </Field>
      </div>
      <input type="hidden" name="language" value={language ?? ''} />
      {skills.map((skill) => (
        <input key={skill} type="hidden" name="skill" value={skill} />
      ))}
    </fieldset>
  );
}
