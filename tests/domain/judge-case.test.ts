import { expect, it } from '@jest/globals';
import { judgeCase } from '#workflows/domain/judge-case.ts';
import type { HandoverCase } from '#workflows/domain/policy.ts';

const aCase = (key: string, action: HandoverCase['action']): HandoverCase => ({ key, when: `when it is ${key}`, action, priority: 'normal', skills: [], group: null });
const policy = { helpDesk: true, handoverCases: [aCase('refund', 'escalate'), aCase('where-is-it', 'never')] };

it.each([
  ['lets a case through that reaches a person', policy, 'refund', null],
  ['lets an escalation without a case through', policy, null, null],
  ['keeps a case back that never reaches one, and says when it is that one', policy, 'where-is-it', { code: 'case_not_escalated', detail: 'The case "where-is-it" (when it is where-is-it) never reaches a person: answer it yourself.' }],
  ['names the cases to whoever asks for an unknown one', policy, 'fefund', { code: 'invalid', detail: 'body.case: must be one of the agent\'s cases: refund, where-is-it' }],
  ['says that there are none', { ...policy, handoverCases: [] }, 'refund', { code: 'invalid', detail: 'body.case: this agent has no handover cases: leave it out' }],
  ['keeps everything back while the help desk is off', { ...policy, helpDesk: false }, 'refund', { code: 'help_desk_off' }],
])('%s (P57, P58)', (_title, given, key, judged) => {
  const answer = judgeCase(given, key);
  if (judged === null) expect(answer).toBeNull();
  else expect(answer).toMatchObject(judged);
});
