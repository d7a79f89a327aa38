import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { Edition } from '../settings/edition.tsx';
import { Following } from '../settings/following.tsx';
import { namedRequester } from '../settings/named-requester.server.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { SlaForm } from '../settings/sla-form.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [sla, schedules, webhooks, progress] = await Promise.all([
    valueOf(desk.sla(), request),
    valueOf(desk.schedules(), request),
    valueOf(desk.webhooks(), request),
    valueOf(desk.settingsProgress(), request),
  ]);
  const named = schedules.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault)).map(({ id, name, schedule }) => ({ id, name, schedule }));
  const requesters = await valueOf(desk.requestersNamed(sla.policies.flatMap(({ conditions }) => conditions.requesters ?? [])), request);
  return { sla, progress, schedules: named, names: { schedules: named, webhooks, requesters: requesters.map(namedRequester) }, startsAt: `${new Date().toISOString().slice(0, 10)}T09:00` };
}

export default function Sla() {
  const { sla, progress, schedules, names, startsAt } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="SLA" lead="How soon customers get an answer. The first policy from the top that matches a ticket applies to it. An edit reaches open tickets, too, counted from when their clocks started." isWide>
      <Following progress={progress} />
      <Edition of={sla}>{(edition, onSaved) => <SlaForm sla={edition} schedules={schedules} names={names} startsAt={startsAt} onSaved={onSaved} />}</Edition>
    </SettingsPage>
  );
}
