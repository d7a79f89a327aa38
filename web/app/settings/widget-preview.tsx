import { useEffect, useRef } from 'react';
import type { WidgetMessage } from '#workflows/contract/widget-api.ts';
import type { WidgetLook } from '#workflows/contract/widgets.ts';
import { EMPTY } from '../../widget/chat-state.ts';
import { createView } from '../../widget/view.ts';
import { wordsIn } from '../../widget/words/words.ts';

const SAID: readonly WidgetMessage[] = [
  { number: 1, id: 'asked', from: 'you', name: '', text: 'When are you open?', attachments: [], at: '' },
  { number: 2, id: 'answered', from: 'ai', name: 'Robin', text: 'Monday to Saturday, from ten to five.', attachments: [], at: '' },
];

/** The widget itself, open, with a conversation that nobody has: what is typed beside it shows here at once. */
export function WidgetPreview({ look, agentName }: { look: WidgetLook; agentName: string | null }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    // Nothing in a picture has the focus.
    element.inert = true;
    const nothing = () => undefined;
    const { show } = createView(element, look, { words: wordsIn(), acts: { open: nothing, close: nothing, say: nothing, type: nothing, drop: nothing, again: nothing, leaveEmail: async () => null, putEmailAway: nothing, rate: async () => null, putAway: nothing, attach: async () => '', fetchFile: async () => null } });
    const name = agentName ?? look.title;
    const from = agentName === null ? ('team' as const) : ('ai' as const);
    const messages = SAID.map((one) => (one.from === 'ai' ? { ...one, from, name } : one));
    show({ ...EMPTY, isOpen: true, connection: 'online', messages, with: { kind: from, name } });
  }, [look, agentName]);
  return (
    <div role="img" aria-label="How the chat looks" className="relative h-[540px] overflow-hidden rounded-lg border bg-sunken [container-type:inline-size]">
      <div ref={host} data-preview="" />
    </div>
  );
}
