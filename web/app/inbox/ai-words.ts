/** What an AI that may answer has to do here: a ticket stands beside it, or did, or it leads the conversation alone. */
export type AiTask = 'beside_ticket' | 'ticket_finished' | 'answer_due' | 'none_due';

/** The line about an AI that may answer. It "is answering" only while it writes or owes an answer. */
export function atWorkWords(agentName: string | null, { isWriting, task }: { isWriting: boolean; task: AiTask }): string {
  const who = agentName ?? 'The AI';
  if (isWriting) return `${who} is writing an answer…`;
  switch (task) {
    case 'beside_ticket':
      return `${who} answers until a person takes over`;
    case 'ticket_finished':
      return `${who} answers here again`;
    case 'answer_due':
      return `${who} is answering`;
    case 'none_due':
      return `${who} has the conversation`;
  }
}
