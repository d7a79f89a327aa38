import { groupedBy, type Invariant } from './facts.ts';

/**
 * Every mail that had to leave arrived, and none that had not. One that is there more than once was in flight between
 * the server's answer and our record as often as it is there too often: the send log has that many tries without end.
 */
export const mailsLeaveOnce: Invariant = ({ messages, arrived, attempts, mailDomain, timeline, ledger }) => {
  const wrong: string[] = [];
  const byId = groupedBy(arrived, ({ messageId }) => messageId);
  const released = new Set(timeline.filter(({ kind }) => kind === 'reply_released' || kind === 'baton_wrote').map(({ messageId }) => messageId));
  const withdrawn = new Set(ledger.withdrawn);
  for (const message of messages.filter(({ channel, kind, author }) => channel === 'email' && kind === 'message' && author !== 'customer')) {
    const times = (byId.get(`<${message.id}@${mailDomain}>`) ?? []).length;
    const cutOff = attempts.filter(({ messageId, finishedAt }) => messageId === message.id && finishedAt === null).length;
    const mustLeave = message.author === 'agent' ? message.delivery === 'sent' : released.has(message.id);
    const name = `${message.author}'s ${message.text.trim().slice(0, 60)} (${message.delivery})`;
    if (mustLeave && times === 0) wrong.push(`${name} never arrived`);
    if (times > 1 + cutOff) wrong.push(`${name} arrived ${times} times with ${cutOff} tries cut off`);
    if (!mustLeave && times > 0 && message.delivery !== 'unknown' && cutOff === 0) wrong.push(`${name} arrived and should not have`);
    if (withdrawn.has(message.text.trim()) && times > 0) wrong.push(`${name} was withdrawn and arrived`);
    if (mustLeave && !['sent', 'delivered'].includes(message.delivery ?? '')) wrong.push(`${name} arrived ${times} times and is not sent`);
    if (message.delivery === 'pending' || message.delivery === 'claimed') {
      if (mustLeave || message.author === 'agent') wrong.push(`${name} is still on its way`);
    }
  }
  const known = new Set(messages.map(({ id }) => `<${id}@${mailDomain}>`));
  for (const messageId of byId.keys()) if (!known.has(messageId)) wrong.push(`a mail ${messageId} arrived that nobody wrote`);
  return wrong;
};

/** From a takeover's answer until the hand-back no AI message reaches the customer (P12). */
export const takeoverSilences: Invariant = ({ ledger, messages, arrived, mailDomain }) =>
  messages
    .filter(({ author, channel }) => author === 'agent' && channel === 'email')
    .flatMap((message) => {
      const times = arrived.filter(({ messageId }) => messageId === `<${message.id}@${mailDomain}>`).map(({ at }) => at);
      const broken = ledger.silences.filter(
        ({ conversationId, from, until }) => conversationId === message.conversationId && times.some((at) => at > from && (until === null || at < until)),
      );
      return broken.map(({ from }) => `the AI's ${message.text.trim()} reached the customer ${Math.min(...times.filter((at) => at > from)) - from} ms after a takeover was answered`);
    });

/** An AI message was recorded in a stretch of the timeline in which the AI might speak. */
export const fenceHolds: Invariant = ({ messages, timeline, conversations }) =>
  conversations.flatMap(({ id, isPaused, epoch }) => {
    const modes = timeline.filter(({ conversationId, kind }) => conversationId === id && MODES.has(kind));
    const entries = [
      ...modes.map(({ position, kind }) => ({ position, kind })),
      ...messages
        .filter(({ conversationId, author, delivery }) => conversationId === id && author === 'agent' && delivery !== 'suppressed')
        .map(({ position }) => ({ position, kind: 'spoke' })),
    ].sort((a, b) => a.position - b.position);
    let paused = false;
    const wrong: string[] = [];
    for (const { kind, position } of entries) {
      if (kind === 'spoke' && paused) wrong.push(`conversation ${id}: the AI spoke at ${position} while it was paused`);
      if (kind === 'ai_paused') paused = true;
      if (kind === 'ai_resumed') paused = false;
    }
    if (paused !== isPaused) wrong.push(`conversation ${id}: paused is ${isPaused}, its timeline says ${paused}`);
    if (epoch > 1 + modes.length) wrong.push(`conversation ${id}: epoch ${epoch} after ${modes.length} changes of mode`);
    return wrong;
  });

const MODES = new Set(['ai_paused', 'ai_resumed', 'pause_extended']);
