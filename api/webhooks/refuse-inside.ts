import { isPublicAddress, literalAddress } from '#prisma/store/webhooks/public-address.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';

/** An address that names itself is judged when it is entered; a name is judged whenever it is connected to. */
export function refuseInside({ webhooks: { allowPrivate } }: Pick<AppDeps, 'webhooks'>, url: string, field = 'body.url'): Refusal | null {
  const address = literalAddress(new URL(url));
  if (allowPrivate || address === null || isPublicAddress(address)) return null;
  return refuseField(field, `${address} is not on the public internet: use a public address; whoever runs this server allows its own network by WEBHOOK_ALLOW_PRIVATE=1`);
}
