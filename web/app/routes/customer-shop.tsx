import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useEffect } from 'react';
import { deskOf, valueOf } from '../desk.server.ts';

export const meta: MetaFunction = () => [{ title: 'Bramble & Co. · lamps' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return valueOf(deskOf(context, request).demoCustomerWidget(), request);
}

const LAMPS = [
  { name: 'Hawthorn', what: 'A desk lamp of ash and brass', price: '€ 129' },
  { name: 'Sloe', what: 'A pendant of blown glass', price: '€ 189' },
  { name: 'Rowan', what: 'A floor lamp that leans', price: '€ 249' },
];

/** The demo's web shop: a page as any other site has one, with the chat in it. */
export default function Shop() {
  const { widgetId } = useLoaderData<typeof loader>();
  useEffect(() => {
    // What a shop has in its HTML comes here after hydration, which finds no element that it does not know.
    const script = document.createElement('script');
    Object.assign(script, { src: '/widget.js', async: true });
    script.dataset['widget'] = widgetId;
    document.body.append(script);
  }, [widgetId]);
  return (
    <main className="mx-auto flex w-full max-w-4xl flex-col gap-8 px-5 py-10">
      <header>
        <h1 className="text-2xl font-semibold tracking-tight">Bramble &amp; Co.</h1>
        <p className="text-ink-soft">Lamps, made slowly. This shop is the demo’s: the chat in the corner is what your customers would see.</p>
      </header>
      <ul className="grid gap-4 sm:grid-cols-3">
        {LAMPS.map(({ name, what, price }) => (
          <li key={name} className="flex flex-col gap-1 rounded-lg border bg-surface p-4 shadow-card">
            <span className="font-medium">{name}</span>
            <span className="text-sm text-ink-soft">{what}</span>
            <span className="mt-3 text-sm font-medium">{price}</span>
          </li>
        ))}
      </ul>
      <section aria-labelledby="try" className="rounded-lg border p-5">
        <h2 id="try" className="mb-2 font-semibold">
          What to try
        </h2>
        <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-ink-soft">
          <li>Open the chat and ask “When are you open?”. The sample agent answers from a short list.</li>
          <li>Write “I want my money back”: it hands over, and a ticket is there.</li>
          <li>
            Open the{' '}
            <a href="/all" className="text-accent-text underline underline-offset-2">
              inbox
            </a>{' '}
            beside this page, take over, and answer: the chat says who joined, and the agent is silent.
          </li>
          <li>Resolve the ticket and ask about bulbs: the agent is back, and knows what was said.</li>
          <li>While you have it as a person, leave an address in the chat, close this page and answer: after two minutes the answer goes out by mail.</li>
        </ol>
      </section>
    </main>
  );
}
