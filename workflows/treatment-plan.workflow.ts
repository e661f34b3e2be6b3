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
} from './messages.ts';
import { WakeTimer } from './wake-timer.ts';

const { advance } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5s',
  // Bounds the tries: a time-out alone does not bound a local activity that fails at once.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 3 },
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

/**
 * One patient's plan: receives events, advances through them one by one, performs what each step asks for, and waits
 * for the plan's next deadline. It decides nothing itself, and nothing that a caller sends can stop it.
 */
export async function treatmentPlan(input: TreatmentPlanInput): Promise<void> {
  const plan = new PlanRun(input);
  setHandler(eventSignal, (...bodies) => plan.receive({ kind: 'signal', body: bodies[0] }));
  setDefaultSignalHandler((name) => plan.receive({ kind: 'unknown signal', name }));
  setHandler(planQuery, () => plan.glance());
  // Cancelling a plan is an event; Temporal's cancellation must not leave one without its timers.
  const carried = await CancellationScope.nonCancellable(() => plan.live());
  if (carried) await continueAsNew<typeof treatmentPlan>({ ...input, carried });
}

/** A start that can never succeed ends its workflow: there is no plan yet that could be harmed. */
const isOutage = (error: TemporalFailure): boolean =>
  !(error instanceof ApplicationFailure) || error.type === OUTAGE;

class PlanRun {
  readonly #input: TreatmentPlanInput;
  readonly #inbox: InboxItem[];
  readonly #pending = new Map<string, Effect>();
  readonly #timer = new WakeTimer();
  readonly #startedAt = Date.now();
  #state: Carried['state'];
  #head: string;
  #events = 0;

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
      if (this.#inbox.length === 0) {
        if (this.#isOver && this.#pending.size === 0) return undefined;
        if (this.#isRunFull) return this.#carry();
      }
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

  /** One item, until the store has it: while the store is away the plan sleeps, and its inbox fills. */
  async #advance(item: InboxItem): Promise<void> {
    const { key } = this.#input;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const workflowTime = new Date(Date.now()).toISOString();
        const advanced = await advance({ key, state: this.#state, head: this.#head, item, workflowTime });
        this.#state = advanced.state;
        this.#head = advanced.head;
        this.#events += 1;
        if (advanced.isSettled && this.#inbox[0] === item) this.#inbox.shift();
        for (const effect of advanced.effects) this.#perform(effect);
        return;
      } catch (error) {
        if (!(error instanceof TemporalFailure)) throw error;
        if (this.#state === null && !isOutage(error)) throw error;
        await sleep(pause);
      }
    }
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
    return { state: this.#state, head: this.#head, pending: [...this.#pending.values()], inbox: this.#inbox };
  }

  get #isDue(): boolean {
    const at = this.#state?.wake.at;
    return at != null && Date.parse(at) <= Date.now();
  }

  get #isOver(): boolean {
    return this.#state?.status === 'completed' || this.#state?.status === 'revoked';
  }

  get #hasEnded(): boolean {
    return this.#isOver && this.#pending.size === 0;
  }

  get #timerRanOut(): boolean {
    return this.#wakeAt !== undefined && !this.#timer.isArmed;
  }

  get #isRunFull(): boolean {
    const { events } = this.#input.limits;
    return (
      this.#state !== null &&
      (workflowInfo().continueAsNewSuggested || this.#events >= events || Date.now() >= this.#runEnds)
    );
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
