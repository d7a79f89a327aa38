import { Copy } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';

/** A secret or a link to take along now. */
export function CopyOnce({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div role="status" className="flex flex-col gap-2 rounded-md bg-ok-soft p-3">
      <p className="text-sm font-medium text-ok">{note}</p>
      <div className="flex gap-2">
        <input readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} className={`${INPUT} h-9 font-mono text-sm`} />
        <Button
          className="h-9"
          onClick={() => {
            if (window.isSecureContext) void navigator.clipboard.writeText(value).then(() => toast('Copied'));
            else toast('Select the text and copy it');
          }}
        >
          <Copy className="size-4" aria-hidden="true" />
          Copy
        </Button>
      </div>
    </div>
  );
}
