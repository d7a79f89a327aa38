import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';

/** The zones that the browser knows, for the fields inside: give them `list`. Not in the server's page, whose list may be another. */
export function ZoneOptions({ children }: { children: (list: string) => ReactNode }) {
  const id = useId();
  const [zones, setZones] = useState<readonly string[]>([]);
  useEffect(() => setZones(['UTC', ...Intl.supportedValuesOf('timeZone')]), []);
  return (
    <>
      {children(id)}
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
