import type { LoaderFunctionArgs } from '@remix-run/node';
import { Outlet } from '@remix-run/react';
import { deskOf, valueOf } from '../desk.server.ts';
import { Shell } from '../shell/shell.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const [counts, operators, agents, tags, presence] = await Promise.all([
    valueOf(desk.counts(), request),
    valueOf(desk.operators(), request),
    valueOf(desk.agents(), request),
    valueOf(desk.tags(), request),
    valueOf(desk.presence('me'), request),
  ]);
  return { me: desk.me, counts, operators, agents, tags, presence };
}

export default function ShellRoute() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
