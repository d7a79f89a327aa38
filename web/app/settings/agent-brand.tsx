import { Link } from '@remix-run/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { WidgetView } from '#workflows/contract/widgets.ts';
import { Button } from '../ui/button.tsx';
import { AddressDialog } from './address-dialog.tsx';
import type { Address } from './address-dialog.tsx';
import { Card } from './settings-page.tsx';

interface AgentBrandProps {
  readonly agentId: string;
  /** The team's, the default one among them. */
  readonly addresses: readonly Address[];
  readonly widgets: readonly Pick<WidgetView, 'id' | 'name' | 'agent' | 'origins' | 'look'>[];
}

/** P59: what customers see of an agent: its addresses with From name and signature, and its web chats; where it has none, the team's. */
export function AgentBrand({ agentId, addresses, widgets }: AgentBrandProps) {
  const [open, setOpen] = useState<Address | 'new' | null>(null);
  const own = addresses.filter((address) => address.agentId === agentId);
  const chats = widgets.filter(({ agent }) => agent?.id === agentId);
  return (
    <Card title="Brand">
      <div className="flex flex-col gap-5">
        <Part title="E-mail" action={<Button size="small" onClick={() => setOpen('new')}>Add address</Button>}>
          {own.length === 0 ? (
            <p className="text-ink-soft">{withoutAddress(addresses.find(({ isDefault }) => isDefault))}</p>
          ) : (
            <>
              <p className="text-sm text-ink-faint">Answers carry the name of whoever wrote them, automatic mail the From name.</p>
              <ul className="divide-y">
                {own.map((address) => (
                  <li key={address.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2">
                    <span className="min-w-0 flex-1 basis-48">
                      <span className="block truncate font-medium">{address.address}</span>
                      <Fact label="From name" value={address.fromName} unset="not set: automatic mail has the address alone" />
                      <Fact label="Signature" value={address.signature} unset="not set: none but the operator’s own" />
                    </span>
                    <Button size="small" look="quiet" onClick={() => setOpen(address)} aria-label={`Edit ${address.address}`}>
                      Edit
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Part>
        <Part
          title="Web chat"
          action={
            <Link to="/settings/widgets" className="text-sm text-accent-text underline underline-offset-2">
              All web chats
            </Link>
          }
        >
          {chats.length === 0 ? (
            <p className="text-ink-soft">Not in any yet: choose this agent in a web chat, where its look is set, too.</p>
          ) : (
            <ul className="divide-y">
              {chats.map(({ id, name, origins, look }) => (
                <li key={id} className="flex items-center gap-3 py-2">
                  {/* No style attribute: the Content-Security-Policy admits none in served pages. */}
                  <svg className="size-5 shrink-0 rounded-full border" viewBox="0 0 20 20" aria-hidden="true">
                    <rect width="20" height="20" fill={look.color} />
                  </svg>
                  <span className="min-w-0 flex-1">
                    <Link to={`/settings/widgets/${id}`} className="block truncate font-medium underline-offset-2 hover:underline">
                      {name}
                    </Link>
                    <span className="block truncate text-sm text-ink-faint">
                      “{look.title}” · {origins.length === 0 ? 'on no site yet' : origins.join(', ')}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Part>
      </div>
      {open !== null && <AddressDialog address={open === 'new' ? null : open} agentId={agentId} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function withoutAddress(teams: Address | undefined): string {
  const fallback = teams === undefined ? 'the team has none either, so nobody can mail it' : `its mail leaves by the team’s, ${teams.address}, with that one’s From name and signature`;
  return `No address of its own: ${fallback}.`;
}

function Part({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) {
  return (
    <div>
      <div className="mb-1 flex items-center gap-2">
        <h4 className="flex-1 text-sm font-medium text-ink-soft">{title}</h4>
        {action}
      </div>
      {children}
    </div>
  );
}

function Fact({ label, value, unset }: { label: string; value: string; unset: string }) {
  return (
    <span className="block text-sm text-ink-faint">
      {label}: {value.trim() === '' ? <em>{unset}</em> : <span className="whitespace-pre-wrap text-ink-soft">{value}</span>}
    </span>
  );
}
