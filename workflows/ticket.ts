import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from './alarm.ts';
import { isOpen } from './domain/status.ts';
import { Duties } from './duties.ts';
import { hit } from './failpoint.ts';
import { type Answer, AS_OF_NOW, COMMAND_KINDS, type CommandMessage, type FactMessage, type TicketInput } from './contract/ticket-messages.ts';
import { commandUpdate, factSignal, stateQuery } from './messages.ts';
import { loadTicket } from './proxies.ts';
import { detailsOf, searchAttributesOf } from './ticket-visibility.ts';
import { dutiesOf } from './ticket-duties.ts';
import { refusalFailure, TicketEntity } from './ticket-entity.ts';

/**
 * An evicted workflow answers its next Update in 120 ms at 170 events and 480 ms at 1,150: short runs are quick runs. Counted
 * in what the ticket took in, some 5 events each: the length of the history grows also by what no replay hears of (061).
 */
const TAKEN_PER_RUN = 80;
const EVENTS_PER_RUN = 400;

/** A ticket, from its birth until nothing is due and everything is written down. */
export async function ticket(input: TicketInput): Promise<void> {
  let entity = TicketEntity.begin(input);
  let hasChanged = true;
  let taken = 0;
  const waiting: FactMessage[] = [];
  const wake = () => {
    hasChanged = true;
    taken += 1;
  };

  const carryOut = (message: CommandMessage): Answer => {
    if (entity === null) throw refusalFailure({ ok: false, code: 'not_found', detail: 'There is no such ticket.' });
    // Even a refusal: the run may have been waiting for this handler to be finished.
    wake();
    const answer = entity.carryOut(message, Date.now());
    hit('handler_done');
    return answer;
  };
  let isLoading = entity === null;
  const carryOutLater = async (message: CommandMessage): Promise<Answer> => {
    await whatCameAlong();
    if (isLoading) await condition(() => !isLoading);
    return carryOut(message);
  };
  for (const kind of COMMAND_KINDS) {
    setHandler(
      commandUpdate(kind),
      (message: CommandMessage) => (isLoading || input.takesTurns === true ? carryOutLater(message) : carryOut(message)),
      {
        validator: (message: CommandMessage) => {
          const refusal = entity?.check(message, Date.now());
          if (refusal !== undefined && refusal !== null) throw refusalFailure(refusal);
        },
      },
    );
  }
  setHandler(stateQuery, () => entity?.carry() ?? null);
  setHandler(factSignal, (message) => {
    if (entity === null) waiting.push(message);
    else entity.learn(message, Date.now());
    wake();
  });

  if (entity === null) {
    const found = await loadTicket({ teamId: input.teamId, ticketId: input.ticketId });
    entity = found === null ? null : TicketEntity.loaded(found, input);
    isLoading = false;
  }
  if (entity === null) {
    // A row always precedes its ticket; whoever asks for another is told so, and the run ends.
    await condition(allHandlersFinished);
    return;
  }
  for (const message of waiting) entity.learn(message, Date.now());
  // Runs that began earlier leave as their histories say.
  const isLong = () => (input.takesTurns === true ? taken >= TAKEN_PER_RUN : workflowInfo().historyLength >= EVENTS_PER_RUN);
  // A run that began asleep has taken nothing in: it stays.
  const fellAsleep = ({ isAsleep }: TicketEntity) => input.sleepsAnew === true && taken > 0 && isAsleep;
  await live(entity, input, { takeChange: () => takeFlag(), wake, hasReasonToLeave: (of) => isLong() || fellAsleep(of) });

  function takeFlag(): boolean {
    const was = hasChanged;
    hasChanged = false;
    return was;
  }
}

/**
 * Everything that came with this activation is taken in. Updates come before the ends of activities in one activation, and
 * whether they share one is not the same live and in a replay (decision 061): what is decided must not hang on that.
 * Conditions are looked at again once every promise that could go on has gone on.
 */
async function whatCameAlong(): Promise<void> {
  let isTakenIn = false;
  void Promise.resolve().then(() => {
    isTakenIn = true;
  });
  await condition(() => isTakenIn);
}

interface Changes {
  readonly takeChange: () => boolean;
  readonly wake: () => void;
  readonly hasReasonToLeave: (entity: TicketEntity) => boolean;
}

/** Settle, do what is owed, leave if there is reason to, wait for a change or the next deadline. */
async function live(entity: TicketEntity, input: TicketInput, { takeChange, wake, hasReasonToLeave }: Changes): Promise<void> {
  const alarm = new Alarm(() => {
    hit('timer_fired');
    wake();
  });
  const duties = new Duties(wake);
  let shown = '';
  // Asked once for each change, and not whenever a condition is looked at: a refused Update has them looked at, and no replay hears of it.
  let isLeaving = false;
  for (;;) {
    takeChange();
    const now = Date.now();
    entity.settle(now);
    isLeaving = hasReasonToLeave(entity) || workflowInfo().continueAsNewSuggested;
    // Asked before anything is started: under a stream of events the outbox is never empty, and is carried over.
    if (isLeaving && duties.areIdle && allHandlersFinished()) {
      alarm.stop();
      hit('continue_as_new');
      await continueAsNew<typeof ticket>({ ticketId: input.ticketId, teamId: input.teamId, carried: entity.carry(), ...AS_OF_NOW });
    }
    duties.start(dutiesOf(entity, () => isLeaving), now);
    shown = show(entity, shown);
    if (duties.areIdle && allHandlersFinished() && isOver(entity)) {
      alarm.stop();
      return;
    }
    alarm.set(earliest(entity.nextDeadline?.at ?? null, duties.nextRetry));
    await condition(takeChange);
  }
}

function isOver(entity: TicketEntity): boolean {
  return !isOpen(entity.state.status) && entity.nextDeadline === null && dutiesOf(entity, () => false).length === 0 && !entity.awaitsReport;
}

/** What an operator of Temporal searches by and reads; written only when it changed. */
function show(entity: TicketEntity, shown: string): string {
  setCurrentDetails(detailsOf(entity));
  const attributes = searchAttributesOf(entity.state);
  const text = JSON.stringify(attributes);
  if (text !== shown) upsertSearchAttributes(attributes);
  return text;
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
