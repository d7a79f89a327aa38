import { Copy } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { toast } from '../ui/toast.tsx';

/** A line to take along. */
export function CopyText({ label, value }: { label: string; value: string }) {
  return (
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
  );
}
