import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { Edition } from '../settings/edition.tsx';
import { Following } from '../settings/following.tsx';
import { PolicyForm } from '../settings/policy-form.tsx';
import { policyNames } from '../settings/policy-names.server.ts';
import { PolicyVersions } from '../settings/policy-versions.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';

const TEAM_SCOPE = 'team';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [policy, versions, names, progress] = await Promise.all([
    valueOf(desk.policy(TEAM_SCOPE), request),
    valueOf(desk.policyVersions(TEAM_SCOPE), request),
    policyNames(desk, request),
    valueOf(desk.settingsProgress(), request),
  ]);
  return { policy, versions, names, progress, defaults: { ...DEFAULT_POLICY } };
}

export default function TeamPolicy() {
  const { policy, versions, names, progress, defaults } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="Default policy" lead="What every agent follows unless its own page says otherwise. Tickets follow the newest version.">
      <Following progress={progress} />
      <Edition of={policy}>{(edition, onSaved) => <PolicyForm policy={edition} inherited={defaults} names={names} isTeam onSaved={onSaved} />}</Edition>
      <PolicyVersions versions={versions} names={names} isTeam />
    </SettingsPage>
  );
}
