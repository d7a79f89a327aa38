import type { z } from 'zod';
import type { requesterView } from '#workflows/contract/views.ts';
import type { NamedRequester } from './sla-names.ts';

export function namedRequester({ id, name, addresses }: z.infer<typeof requesterView>): NamedRequester {
  return { id, name, address: addresses[0]?.value ?? '' };
}
