import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, MenuCheck } from '../ui/menu.tsx';

interface ChoiceMenuProps {
  readonly label: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  /** How the chosen ones stand together: "High or Urgent", "the assignee and the admins". */
  readonly joined: 'or' | 'and';
  /** What a chosen value is called that is no option any more. */
  readonly goneName: string;
  readonly error: string | undefined;
}

/** Several of a few, inside a sentence: shows what is chosen, opens a menu to choose. */
export function ChoiceMenu({ label, options, chosen, onChange, joined, goneName, error }: ChoiceMenuProps) {
  const id = useId();
  const gone = chosen.filter((value) => options.every(([one]) => one !== value));
  const all = [...options, ...gone.map((value) => [value, goneName] as const)];
  const words = all.filter(([value]) => chosen.includes(value)).map(([, name]) => name);
  const text = words.length === 0 ? 'Choose' : new Intl.ListFormat('en-GB', { type: joined === 'or' ? 'disjunction' : 'conjunction' }).format(words);
  return (
    <>
      <Menu
        label={label}
        trigger={
          <Button
            aria-label={`${label}: ${text}`}
            aria-invalid={error !== undefined || undefined}
            aria-describedby={error === undefined ? undefined : id}
            className={cx('max-w-full !shrink font-normal aria-invalid:border-danger', words.length === 0 && 'text-ink-faint')}
          >
            <span className="truncate">{text}</span>
            <ChevronDown className="size-3.5 shrink-0" aria-hidden="true" />
          </Button>
        }
      >
        {all.map(([value, name]) => (
          <MenuCheck key={value} checked={chosen.includes(value)} onCheckedChange={(isOn) => onChange(isOn === true ? [...chosen, value] : chosen.filter((one) => one !== value))}>
            {name}
          </MenuCheck>
        ))}
      </Menu>
      {error !== undefined && (
        <p id={id} className="w-full text-sm text-danger">
          {error}
        </p>
      )}
    </>
  );
}
