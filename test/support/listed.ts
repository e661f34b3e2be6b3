import type { ListedSession, StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../src/core/plan/step.ts';
import { Desk } from './appointments.ts';
import { decisionOf } from './decided.ts';
import { contraindication, factOf, for_, leaf, pathwayWith, stageOf, type Variation } from './pathways.ts';
import { eventOf, RunningPlan } from './plan.ts';
import { on } from './staged.ts';

export const sessionOf = (session: string, more: Partial<ListedSession> = {}): ListedSession => ({
  kind: 'session',
  session,
  title: `Title of ${session}`,
  procedures: [`${session}-procedure`],
  traits: [],
  ...more,
});

export const betweenOf = (decision: string) => ({ kind: 'decision' as const, decision });

type Item = ListedSession | ReturnType<typeof betweenOf>;

/** A stage of these sessions, its procedures and traits those of all of them. */
export function programmeOf(list: Item[], more: Partial<StageDefinition> = {}): StageDefinition {
  const sessions = list.filter((item) => item.kind === 'session');
  return stageOf('programme', {
    title: 'Programme',
    procedures: [...new Set(sessions.flatMap(({ procedures }) => procedures))],
    traits: [...new Set(sessions.flatMap(({ traits }) => traits))],
    list,
    sessions: sessions.length,
    consent: { form: 'programme-consent', by: 'patient', covers: 'course', lasts: for_(1, 'year') },
    ...more,
  });
}

/** Three sessions: two peels, and blue light between them. */
export const PEEL = sessionOf('one', {
  procedures: ['facial', 'peel'],
  traits: ['irritating'],
  title: 'First peel',
});
export const LIGHT = sessionOf('two', { procedures: ['blue-light'], title: 'Blue light' });
export const AGAIN = sessionOf('three', {
  procedures: ['peel'],
  traits: ['irritating'],
  title: 'Second peel',
});
const TRAITS = { facial: [], peel: ['irritating'], 'blue-light': [] };

const FACTS = [factOf('irritated', { kind: 'yes or no' }), factOf('lightSensitive', { kind: 'yes or no' })];

/** A rule for whatever irritates the skin, and one for light. */
export const RULES = [
  contraindication('irritation', { all: [leaf('irritated', 'equal', true)] }, { of: ['irritating'] }),
  contraindication('light', { all: [leaf('lightSensitive', 'equal', true)] }, { of: ['blue-light'] }),
];

export const DAY_ONE = '2026-03-02';

export interface Given {
  readonly list?: Item[];
  readonly stage?: Partial<StageDefinition>;
  readonly more?: Variation;
  /** What was chosen for this patient, before the course. */
  readonly chosen?: Readonly<Record<string, string>>;
}

/** At the gate of the first session, consent given; all facts of the rules are known to be all right unless they are asked for. */
export function planned({ list = [PEEL, LIGHT, AGAIN], stage = {}, more = {}, chosen = {} }: Given = {}) {
  const stages = [programmeOf(list, stage), stageOf('last')];
  const plan = new RunningPlan(
    pathwayWith({
      facts: FACTS,
      rules: [],
      consultation: [],
      stages,
      decisions: [decisionOf('half-way'), decisionOf('fit'), decisionOf('borne')],
      ...more,
      procedures: { ...TRAITS, ...more.procedures },
    }),
    on(DAY_ONE),
  );
  choose(plan, chosen);
  plan.consent('programme-consent', DAY_ONE);
  const desk = new Desk(plan);
  const report = (performedOn: string, session?: string, now = performedOn): Step =>
    plan.send(
      eventOf(
        'procedure.performed',
        { stage: 'programme', performedOn, ...(session === undefined ? {} : { session }) },
        { id: `report-${plan.steps.length}` },
      ),
      on(now),
    );
  const give = (day: string): string => {
    const answer = desk.start('programme', on(day));
    if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
    report(day);
    return plan.state.chart;
  };
  return { plan, desk, report, give };
}

/** Makes choices for a plan, as their own decisions would. */
export function choose(plan: RunningPlan, chosen: Readonly<Record<string, string>>): void {
  const choices = Object.fromEntries(
    Object.entries(chosen).map(([choice, value]) => [
      choice,
      { value, at: plan.state.now, by: 'decision' as const },
    ]),
  );
  const state: PlanState & { choices: typeof choices } = { ...plan.state, choices };
  plan.steps.push({ ...plan.last, state });
}

export const givenIn = ({ state }: RunningPlan): (string | undefined)[] =>
  state.performed.map(({ session }) => session);

/** What the coordinator is asked to book or to start. */
export const owed = ({ state }: RunningPlan): string | undefined => state.waits['start/programme']?.title;

/** Nothing was done before that the plan does not know. */
export const attest = (plan: RunningPlan): Step =>
  plan.send(eventOf('history.recorded', { procedures: [], isComplete: true }));
