import { useState } from 'react';
import type { FieldControl } from '../ui/field.tsx';
import { ListPicker } from './list-picker.tsx';

interface SkillPickerProps {
  readonly skills: readonly string[];
  readonly known: readonly string[];
  readonly onChange: (skills: readonly string[]) => void;
  readonly control?: FieldControl;
}

/** The skills that a ticket asks for, those of the team's people to choose from; another one can be added. */
export function SkillPicker({ skills, known, onChange, control }: SkillPickerProps) {
  const [isOpen, setOpen] = useState(false);
  return <ListPicker one="skill" chosen={skills} known={known} onChange={onChange} nameIn={skillIn} isOpen={isOpen} onOpenChange={setOpen} control={control} />;
}

function skillIn(text: string): string | null {
  const slug = text.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/.test(slug) ? slug : null;
}
