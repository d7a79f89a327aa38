import { Menu } from 'lucide-react';
import { createContext, useContext } from 'react';
import { Button } from '../ui/button.tsx';

/** Opens the rail's drawer. */
export const MenuButtonContext = createContext<() => void>(() => undefined);

/** The drawer's button in a page's head, on a phone only. */
export function MenuButton() {
  const open = useContext(MenuButtonContext);
  return (
    <Button look="quiet" size="icon" aria-label="Open menu" className="-ml-1.5 md:hidden" onClick={open}>
      <Menu className="size-5" />
    </Button>
  );
}
