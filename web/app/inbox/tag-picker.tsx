import { useShell } from '../shell/shell-data.ts';
import { ListPicker } from './list-picker.tsx';

/** The ticket's tags, and a list to choose from; a name that is not there yet can be added. */
export function TagPicker(props: { tags: readonly string[]; onChange: (tags: readonly string[]) => void; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { tags, ...rest } = props;
  const { tags: known } = useShell();
  return <ListPicker one="tag" chosen={tags} known={known} nameIn={(text) => text.trim().toLowerCase().slice(0, 40)} {...rest} />;
}
