import { draftOf, inputOf } from '#web/settings/sla-draft.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';

type Policy = SlaView['policies'][number];
const BY_API: Policy = {
  name: 'Gold',
  conditions: { tags: ['vip'] },
  targets: { firstReply: { ms: 3_600_000, hours: 'calendar', warnPercent: 50, pausesOn: [] } },
  scheduleId: null,
  onWarning: [{ action: 'notify', to: ['assignee'] }, { action: 'tag', tag: 'soon' }],
  onBreach: [{ action: 'notify', to: ['admins'] }, { action: 'raise_priority' }, { action: 'tag', tag: 'late' }, { action: 'tag', tag: 'call-them' }],
};

describe('the page of SLA policies', () => {
  it('saves what a program had set as it was, also what it has no inputs for', () => {
    expect(inputOf(draftOf(BY_API))).toEqual(BY_API);
  });

  it('tells whom an admin has chosen, at a warning and at a breach, and keeps the other tags', () => {
    const draft = draftOf(BY_API);
    expect(inputOf({ ...draft, notify: ['everyone'], tag: 'too-late' })).toMatchObject({
      onWarning: [{ action: 'notify', to: ['everyone'] }, { action: 'tag', tag: 'soon' }],
      onBreach: [{ action: 'notify', to: ['everyone'] }, { action: 'raise_priority' }, { action: 'tag', tag: 'too-late' }, { action: 'tag', tag: 'call-them' }],
    });
  });
});
