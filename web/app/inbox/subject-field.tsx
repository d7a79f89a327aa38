import { useState } from 'react';

/** The subject as the page's heading; a press makes it editable, Enter keeps, Escape gives up. */
export function SubjectField({ subject, onChange }: { subject: string; onChange?: (subject: string) => void }) {
  const [isEditing, setEditing] = useState(false);
  if (!isEditing || !onChange) {
    return (
      <h1 className="min-w-0 truncate text-base font-semibold" title={subject}>
        {onChange ? (
          <button type="button" className="block max-w-full truncate rounded text-left decoration-line-strong decoration-dotted underline-offset-4 hover:underline" onClick={() => setEditing(true)}>
            <span className="sr-only">Edit subject: </span>
            {subject}
          </button>
        ) : (
          subject
        )}
      </h1>
    );
  }
  const keep = (text: string) => {
    setEditing(false);
    const wanted = text.trim();
    if (wanted !== '' && wanted !== subject) onChange(wanted);
  };
  return (
    <input
      autoFocus
      aria-label="Subject"
      defaultValue={subject}
      maxLength={300}
      className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 text-base font-semibold"
      onBlur={(event) => keep(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep(event.currentTarget.value);
        if (event.key === 'Escape') setEditing(false);
      }}
    />
  );
}
