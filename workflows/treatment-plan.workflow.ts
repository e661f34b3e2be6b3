import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setDefaultSignalHandler,
  setHandler,
  sleep,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Effect } from '../src/core/plan/outcome.schema.ts';
import {
  type Carried,
  eventSignal,
  type InboxItem,
  type PlanGlance,
  planQuery,
  type TreatmentPlanInput,
  workflowIdOf,
} from './messages.ts';
import { WakeTimer } from './wake-timer.ts';

const { advance } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '4s',
  // Bounds the tries: a time-out alone does not bound a local activity that fails at once.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 2 },
});

const { performEffect } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '5s',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** The code of a store that does not answer. */
const OUTAGE = 'CC5002';
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const DAY_MS = 86_400_000;
const LONGEST_NAME = 100;
/** What one workflow task may put into history: its completion travels in one message of 4 MB. */
const TASK_BYTES = 1024 * 1024;
/** What may wait in the inbox when a run hands over: the next run's input is one payload of 2 MiB. */
const CARRIED_INBOX_BYTES = 512 * 1024;

/**
 * One patient's plan: receives events, advances through them one by one, performs what each step asks for, and waits
 * for the plan's next deadline. It decides nothing itself, and nothing that a caller sends can stop it.
 */
export async function treatmentPlan(input: TreatmentPlanInput): Promise<void> {
  if (workflowInfo().workflowId !== workflowIdOf(input.key)) {
    throw ApplicationFailure.nonRetryable('A plan runs under its own id only.', 'CC2021');
  }
  const plan = new PlanRun(input);
  setHandler(eventSignal, (...bodies) => plan.receive({ kind: 'signal', body: bodies[0] }));
  setDefaultSignalHandler((name) => plan.receive({ kind: 'unknown signal', name: printable(name) }));
  setHandler(planQuery, () => plan.glance());
  // Cancelling a plan is an event; Temporal's cancellation must not leave one without its timers.
  const carried = await CancellationScope.nonCancellable(() => plan.live());
  if (carried) await continueAsNew<typeof treatmentPlan>({ ...input, carried });
}

/** A signal's name can hold what no payload may: control characters, half a character. */
const printable = (name: string): string => name.slice(0, LONGEST_NAME).replace(/[\p{Cc}\p{Cs}]/gu, '?');

/** A start that can never succeed ends its workflow: there is no plan yet that could be harmed. */
const isOutage = (error: TemporalFailure): boolean =>
  !(error instanceof ApplicationFailure) || error.type === OUTAGE;

class PlanRun {
  readonly #input: TreatmentPlanInput;
  readonly #inbox: InboxItem[];
  readonly #pending = new Map<string, Effect>();
  readonly #timer = new WakeTimer();
  readonly #startedAt = Date.now();
  readonly #task = { historyLength: 0, bytes: 0 };
  #state: Carried['state'];
  #head: string;
  #events = 0;
  #pause = 0;

  constructor(input: TreatmentPlanInput) {
    this.#input = input;
    this.#state = input.carried.state;
    this.#head = input.carried.head;
    this.#inbox = [...input.carried.inbox];
  }

  receive(item: InboxItem): void {
    this.#inbox.push(item);
  }

  /** @returns what the next run carries on; undefined when the plan is over */
  async live(): Promise<Carried | undefined> {
    for (const effect of this.#input.carried.pending) this.#perform(effect);
    for (;;) {
      if (this.#hasEnded) return undefined;
      if (this.#handsOver) return this.#carry();
      this.#timer.arm(this.#wakeAt);
      await condition(() => this.#inbox.length > 0 || this.#isDue || this.#timerRanOut || this.#hasEnded);
      const item = this.#inbox[0] ?? this.#wake();
      if (item) await this.#advance(item);
    }
  }

  glance(): PlanGlance {
    return {
      state: this.#state,
      head: this.#head,
      inbox: this.#inbox.length,
      pendingEffects: this.#pending.size,
    };
  }

  /** Tries one item. While the store is away the plan sleeps, its inbox fills, and its runs hand over as ever. */
  async #advance(item: InboxItem): Promise<void> {
    const { key } = this.#input;
    try {
      const workflowTime = new Date(Date.now()).toISOString();
      const advanced = await advance({ key, state: this.#state, head: this.#head, item, workflowTime });
      this.#pause = 0;
      this.#events += 1;
      if (advanced.isSettled && this.#inbox[0] === item) this.#inbox.shift();
      if (!advanced.next) return;
      this.#state = advanced.next.state;
      this.#head = advanced.next.head;
      for (const effect of advanced.next.effects) this.#perform(effect);
      await this.#endTaskWhenFull(advanced.next.bytes);
    } catch (error) {
      if (!(error instanceof TemporalFailure)) throw error;
      if (this.#state === null && !isOutage(error)) throw error;
      this.#pause = Math.min(Math.max(this.#pause * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      await sleep(this.#pause);
    }
  }

  /** A backlog is worked off in tasks of bounded size. */
  async #endTaskWhenFull(bytes: number): Promise<void> {
    const { historyLength } = workflowInfo();
    this.#task.bytes = this.#task.historyLength === historyLength ? this.#task.bytes + bytes : bytes;
    this.#task.historyLength = historyLength;
    if (this.#task.bytes > TASK_BYTES) await sleep(1);
  }

  #perform(effect: Effect): void {
    if (this.#pending.has(effect.id)) return;
    this.#pending.set(effect.id, effect);
    performEffect(this.#input.key, effect).then(
      () => this.#pending.delete(effect.id),
      (error) => {
        if (!(error instanceof TemporalFailure)) throw error;
        this.#pending.delete(effect.id);
        this.receive({ kind: 'effect failed', effect, detail: error.message });
      },
    );
  }

  #wake(): InboxItem | undefined {
    return this.#isDue && this.#state ? { kind: 'wake', generation: this.#state.wake.generation } : undefined;
  }

  #carry(): Carried {
    return {
      state: this.#state,
      head: this.#head,
      pending: [...this.#pending.values()],
      inbox: this.#inbox,
    };
  }

  get #isDue(): boolean {
    const at = this.#state?.wake.at;
    return at != null && Date.parse(at) <= Date.now();
  }

  /** What is prescribed only was never begun; it stays for as long as somebody owes it a look. */
  get #isOver(): boolean {
    const { status, wake } = this.#state ?? {};
    return status === 'completed' || status === 'revoked' || (status === 'draft' && wake?.at === null);
  }

  get #hasEnded(): boolean {
    return this.#isOver && this.#inbox.length === 0 && this.#pending.size === 0;
  }

  /** The timer has fired before the instant for which the plan waits. */
  get #timerRanOut(): boolean {
    return this.#wakeAt !== undefined && !this.#timer.isArmed;
  }

  /** At rest when it can; with its inbox in hand when history has grown, be it in an outage or under a flood. */
  get #handsOver(): boolean {
    const { events } = this.#input.limits;
    if (this.#inbox.length === 0) {
      const isFull = this.#events >= events || Date.now() >= this.#runEnds;
      return this.#state !== null && (isFull || workflowInfo().continueAsNewSuggested);
    }
    const isUrgent = workflowInfo().continueAsNewSuggested || this.#events >= 2 * events;
    return isUrgent && JSON.stringify(this.#inbox).length <= CARRIED_INBOX_BYTES;
  }

  get #runEnds(): number {
    return this.#startedAt + this.#input.limits.days * DAY_MS;
  }

  /** When the run has to look again: the plan's next deadline, or its own end. */
  get #wakeAt(): number | undefined {
    const at = this.#state?.wake.at;
    if (this.#isOver) return undefined;
    return at == null ? this.#runEnds : Math.min(Date.parse(at), this.#runEnds);
  }
}
