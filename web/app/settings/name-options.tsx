import { escalationWords } from './escalation-choice.ts';
import { groupName } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';

interface OptionsProps {
  readonly names: PolicyNames;
  /** Stays an option though it is gone: the page must not choose another by itself. */
  readonly chosen: string;
}

/** The team's groups by name; the value is the key. */
export function GroupOptions({ names, chosen }: OptionsProps) {
  const isGone = chosen !== '' && !names.groups.some(({ key }) => key === chosen);
  return (
    <>
      {names.groups.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
      {isGone && <option value={chosen}>{groupName(names, chosen)}</option>}
    </>
  );
}

/** The admins, a person who works tickets, or a group. */
export function EscalationOptions({ names, chosen }: OptionsProps) {
  const people = names.people.filter(({ receives }) => receives);
  const isKnown = chosen === 'admins' || people.some(({ id }) => chosen === `operator:${id}`) || names.groups.some(({ key }) => chosen === `group:${key}`);
  return (
    <>
      <option value="admins">The admins</option>
      <optgroup label="A person">
        {people.map(({ id, name }) => (
          <option key={id} value={`operator:${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
      {names.groups.length > 0 && (
        <optgroup label="A group">
          {names.groups.map(({ key, name }) => (
            <option key={key} value={`group:${key}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      {!isKnown && <option value={chosen}>{escalationWords(chosen, names)}</option>}
    </>
  );
}
