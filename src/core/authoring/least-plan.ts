import type { PlanEvent } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { type CompiledPathway, FORMAT, type StageDefinition } from '../pathway/compiled.schema.ts';
import type { ExitDefinition } from '../pathway/decisions.schema.ts';
import { loadPathway, type Pathway } from '../pathway/pathway.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { step } from '../plan/step.ts';
import type { Rules } from './lower-rule-set.ts';
import type { RuleBook } from './rule-book.ts';

/** The stage of a least pathway, in which its one rule is asked. */
export const STAGE = 'stage';

/** The least that a rule can be judged in: one stage, which does one procedure. */
export interface LeastPlan {
  readonly pathway: Pathway;
  readonly stage: StageDefinition;
  /** As it stands before its stage's gate, with nothing known. */
  readonly state: PlanState;
}

interface Asked {
  readonly rules: Rules;
  readonly procedure: string;
  readonly areas: PlanState['areas'];
  readonly startedAt: Instant;
}

/** A plan that is nothing but a place to ask one rule in, so that it is judged by what judges real ones. */
export function leastPlan(book: RuleBook, { rules, procedure, areas, startedAt }: Asked): LeastPlan {
  const [table] = rules.tables;
  const stage: StageDefinition = {
    stage: STAGE,
    title: 'The stage',
    procedures: [procedure],
    traits: [...(book.procedures.get(procedure) ?? [])],
    ...(areas.treatment ? { in: 'treatment' as const } : {}),
    ...(areas.donor ? { andIn: 'donor' as const } : {}),
    consent: { form: 'consent', by: 'patient', covers: 'course', lasts: { count: 1, unit: 'year' } },
    sessions: 1,
    missed: 'wait',
    beforeEach: [],
    afterEach: [],
    closure: [],
    recovery: [],
    ...(table ? { table: { table: table.rule, outcomes: goingOn(table.answers) } } : {}),
  };
  const compiled = pathwayOf(book, { rules, stage, areas });
  const pathway = loadPathway(compiled);
  const { state } = step(pathway, undefined, startOf(compiled, areas), startedAt);
  return { pathway, stage, state };
}

const goingOn = (answers: readonly string[]) =>
  Object.fromEntries(answers.map((answer) => [answer, [{ do: 'go' as const }]]));

function pathwayOf(
  { clinic, facts, derived, procedures }: RuleBook,
  { rules, stage, areas }: { rules: Rules; stage: StageDefinition; areas: PlanState['areas'] },
): CompiledPathway {
  return {
    format: FORMAT,
    pathway: 'least',
    version: '1.0.0',
    title: 'A place to ask a rule in',
    clinic,
    team: [],
    areas: Object.fromEntries(
      Object.entries(areas).map(([role, sites]) => [role, { choose: 'any', sites: [...sites] }]),
    ),
    facts: [...facts],
    derived: [...derived],
    procedures: Object.fromEntries([...procedures].map(([name, traits]) => [name, [...traits]])),
    ...rules,
    consultation: [],
    assessment: [],
    decidedIn: { consultation: [], assessment: [] },
    stages: [stage],
    choices: [],
    figures: [],
    goals: [],
    maintenance: [],
    reviews: [],
    care: [],
    texts: [],
    alongside: [],
    tracks: [],
    course: [{ kind: 'stage', name: STAGE }],
    decisions: [],
    exits: { 'further-evaluation': EXIT, conservative: EXIT, referral: EXIT, postponement: EXIT },
  };
}

const EXIT: ExitDefinition = {
  reviewEvery: { count: 1, unit: 'day' },
  closesAfter: { count: 1, unit: 'year' },
  returnsTo: 'where it left',
  tasks: [],
};

const startOf = ({ pathway, version, clinic }: CompiledPathway, areas: PlanState['areas']): PlanEvent => ({
  id: 'start',
  source: 'case',
  type: 'startPlan',
  actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: clinic.clinic },
  data: {
    planId: 'case',
    patient: 'patient-1',
    pathway: { id: pathway, version, digest: '0'.repeat(64) },
    ...(Object.keys(areas).length > 0 ? { areas } : {}),
  },
});
