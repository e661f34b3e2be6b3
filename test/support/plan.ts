import type { Actor } from '../../src/core/model/actor.schema.ts';
import type {
  EventOf,
  PlanEvent,
  PlanEventType,
  SentObservation,
} from '../../src/core/model/event.schema.ts';
import type { Instant } from '../../src/core/model/primitives.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../../src/core/pathway/pathway.ts';
import type { Answer, Effect, JournalEntry } from '../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Step, step, wakeEvent } from '../../src/core/plan/step.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';

export const actor = (id: string, ...roles: string[]): Actor => ({ id, roles, clinic: 'northside' });

export const nurse = actor('nurse-1', 'nurse');
export const coordinator = actor('coordinator-1', 'coordinator');
export const lead = actor('lead-1', 'clinical-lead');
export const patient = actor('patient-1', 'patient');
export const laboratory = actor('north-lab', 'service');

type Body<Type extends PlanEventType> = EventOf<Type>['data'];
type Envelope = Partial<Pick<PlanEvent, 'id' | 'source' | 'time' | 'actor'>>;

/** An event from the nurse at the front desk, unless the envelope says otherwise. */
export function eventOf<Type extends PlanEventType>(
  type: Type,
  data: Body<Type>,
  envelope: Envelope = {},
): PlanEvent {
  return { id: `${type}-1`, source: 'front-desk', actor: nurse, ...envelope, type, data } as PlanEvent;
}

export const startOf = ({ pathway, version }: CompiledPathway, envelope: Envelope = {}): PlanEvent =>
  eventOf(
    'startPlan',
    { planId: 'plan-1', patient: 'patient-1', pathway: { id: pathway, version, digest: 'a'.repeat(64) } },
    envelope,
  );

/** A digest for a version that no test has published: `1.0.0` is the one that plans start on. */
export const digestNamed = (version: string): string =>
  version === '1.0.0' ? 'a'.repeat(64) : version.replaceAll(/[^0-9]/g, '').padEnd(64, '0');

/** A step with what people are told apart from what other plans are. */
export interface ToldStep extends Step {
  readonly effects: readonly Extract<Effect, { kind: 'tell' }>[];
  readonly tellsPlans: boolean;
  readonly charges: readonly Extract<Effect, { kind: 'charge' }>[];
}

export const told = (taken: Step): ToldStep => ({
  ...taken,
  effects: taken.effects.flatMap((one) => (one.kind === 'tell' ? [one] : [])),
  tellsPlans: taken.effects.some(({ kind }) => kind === 'tell-plans'),
  charges: taken.effects.flatMap((one) => (one.kind === 'charge' ? [one] : [])),
});

/** A plan under way: keeps the state between events, as a workflow does. */
export class RunningPlan {
  pathway: Pathway;
  readonly steps: ToldStep[] = [];

  constructor(
    compiled: CompiledPathway = moleRemoval,
    startedAt: Instant = '2026-03-02T15:00:00.000Z',
    areas?: EventOf<'startPlan'>['data']['areas'],
  ) {
    this.pathway = loadPathway(compiled);
    const start = startOf(compiled);
    const event = areas && start.type === 'startPlan' ? { ...start, data: { ...start.data, areas } } : start;
    this.steps.push(told(step(this.pathway, undefined, event, startedAt)));
  }

  get last(): ToldStep {
    const last = this.steps.at(-1);
    if (!last) throw new Error('no step');
    return last;
  }

  get state(): PlanState {
    return this.last.state;
  }

  get journal(): JournalEntry[] {
    return this.steps.flatMap(({ journal }) => journal);
  }

  send(event: PlanEvent, now: Instant = this.state.now): ToldStep {
    const taken = told(step(this.pathway, this.state, event, now));
    this.steps.push(taken);
    return taken;
  }

  observe(observations: SentObservation[], now?: Instant, envelope: Envelope = {}): ToldStep {
    const id = `observed-${this.steps.length}`;
    return this.send(eventOf('observation.recorded', { observations }, { id, ...envelope }), now);
  }

  complete(task: string, now?: Instant): ToldStep {
    return this.send(eventOf('task.completed', { task }), now);
  }

  consent(form: string, signedOn: string, now?: Instant): ToldStep {
    return this.send(eventOf('consent.recorded', { form, by: 'patient', signedOn }), now);
  }

  withdraw(form: string, now?: Instant, envelope: Envelope = {}): ToldStep {
    return this.send(eventOf('consent.withdrawn', { form }, envelope), now);
  }

  start(stage: string, now?: Instant): Answer {
    return this.send(eventOf('startProcedure', { stage }, { actor: coordinator }), now).answer;
  }

  report(stage: string, performedOn: string, now?: Instant): ToldStep {
    return this.send(eventOf('procedure.performed', { stage, performedOn }), now);
  }

  cancel(now?: Instant): ToldStep {
    return this.send(eventOf('cancelPlan', { reason: 'moved away' }, { actor: coordinator }), now);
  }

  /** Asks for another version of its pathway, and runs by it from then on if it may. */
  adopt(compiled: CompiledPathway, now: Instant = this.state.now, envelope: Envelope = {}): ToldStep {
    const next = loadPathway(compiled);
    const { pathway: id, version } = compiled;
    const reference = { id, version, digest: digestNamed(version) };
    const data = { pathway: reference, reason: 'a newer version is published' };
    const event = eventOf('adoptVersion', data, {
      id: `adopt-${this.steps.length}`,
      actor: lead,
      ...envelope,
    });
    const taken = told(step(this.pathway, this.state, event, now, { next }));
    this.steps.push(taken);
    if (taken.answer.outcome === 'accepted') this.pathway = next;
    return taken;
  }

  wake(now: Instant, generation: number = this.state.wake.generation): ToldStep {
    return this.send(wakeEvent('northside', generation), now);
  }

  /** Completes every task that keeps the plan in its phase. */
  finishPhase(now?: Instant): void {
    const { chart } = this.state;
    for (const [id, task] of Object.entries(this.state.tasks)) {
      if (task.belongsTo === chart && task.status === 'requested') this.complete(id, now);
    }
  }
}

export const refusalOf = (answer: Answer) => {
  if (answer.outcome !== 'refused') throw new Error(`not refused: ${JSON.stringify(answer)}`);
  return answer;
};

export const kinds = (journal: readonly JournalEntry[]): string[] => journal.map(({ kind }) => kind);
