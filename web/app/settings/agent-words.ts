import type { AgentKind } from '#workflows/contract/agent-kind.ts';

export const KIND_WORDS: readonly { readonly kind: AgentKind; readonly label: string; readonly hint: string; readonly lead: string }[] = [
  {
    kind: 'external',
    label: 'External',
    hint: 'A program of yours reads and writes by API, with a key of its own.',
    lead: 'An external agent: it reads and writes by API with a key of its own.',
  },
  { kind: 'built_in', label: 'Built in', hint: 'A language model answers, with your instructions and what you let it look up.', lead: 'A built-in agent: a language model with your instructions.' },
  { kind: 'webhook', label: 'Webhook', hint: 'Each turn is posted to a URL of yours, which answers it.', lead: 'A webhook agent: each turn is posted to a URL of yours.' },
];
