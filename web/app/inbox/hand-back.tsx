import { ChevronDown } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

interface HandBackProps {
  readonly isBusy: boolean;
  readonly onAllow: () => void;
  /** Left out where the AI has no time to come back at. */
  readonly onExtend?: () => void;
  readonly extendMinutes: number;
  readonly onResolve?: () => void;
}

/** The ways back to the AI: side by side where the line has room for them, else in one menu, so that it stays one line. */
export function HandBack({ isBusy, onAllow, onExtend, extendMinutes, onResolve }: HandBackProps) {
  const extend = `Extend ${extendMinutes} min`;
  return (
    <>
      <span className="hidden shrink-0 items-center gap-1.5 @4xl:flex">
        {onExtend && (
          <Button size="small" disabled={isBusy} onClick={onExtend}>
            {extend}
          </Button>
        )}
        <Button look="ai" size="small" disabled={isBusy} onClick={onAllow}>
          Allow AI replies
        </Button>
        {onResolve && (
          <Button size="small" disabled={isBusy} onClick={onResolve}>
            Resolve and hand back
          </Button>
        )}
      </span>
      <span className="shrink-0 @4xl:hidden">
        <Menu
          label="Hand back"
          align="end"
          trigger={
            <Button size="small" disabled={isBusy}>
              Hand back
              <ChevronDown className="size-3.5" aria-hidden="true" />
            </Button>
          }
        >
          {onResolve && <MenuItem onSelect={onResolve}>Resolve and hand back</MenuItem>}
          <MenuItem onSelect={onAllow}>Allow AI replies</MenuItem>
          {onExtend && <MenuItem onSelect={onExtend}>{extend}</MenuItem>}
        </Menu>
      </span>
    </>
  );
}
