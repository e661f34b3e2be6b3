import type { Duration, DurationUnit } from '../../src/core/model/primitives.schema.ts';
import type { Clinic, LadderDefinition, Rung } from '../../src/core/pathway/clinic.schema.ts';
import { CompiledPathway, type StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../src/core/pathway/decisions.schema.ts';
import type {
  FactDefinition,
  FactKind,
  LoweredCondition,
  LoweredLeaf,
} from '../../src/core/pathway/facts.schema.ts';
import type {
  Alert,
  Contraindication,
  Eligibility,
  Interval,
  IntervalAnchor,
  IntervalRule,
  OverrideTerms,
  Table,
} from '../../src/core/pathway/rules.schema.ts';
import type { DueAfter, TaskDefinition } from '../../src/core/pathway/work.schema.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';

/** `for_(7, 'day')` */
export const for_ = (count: number, unit: DurationUnit): Duration => ({ count, unit });

export const leaf = (fact: string, operator: string, value: LoweredLeaf['value']): LoweredLeaf => ({
  fact,
  operator,
  value,
  name: `${operator} ${JSON.stringify(value)}`,
});

export const contraindication = (
  rule: string,
  when: LoweredCondition,
  more: Partial<Contraindication> = {},
): Contraindication => ({
  rule,
  ruleSet: 'rules-of-the-test',
  version: '1.0.0',
  title: `Title of ${rule}`,
  when,
  of: [],
  stops: ['procedure'],
  strength: 'relative',
  clears: { by: 'facts' },
  ifUnknown: 'hold',
  response: 'postponement',
  tell: [],
  because: `Because of ${rule}`,
  source: 'example',
  ...more,
});

/** `atEdge('end of implant')`: the last day of a procedure, or of whatever has that trait. */
export const atEdge = (text: string): IntervalAnchor => ({ kind: 'procedure', ...edgeOf(text) });
/** The same of a stage of the pathway. */
export const atStage = (text: string): IntervalAnchor => {
  const { edge, of } = edgeOf(text);
  return { kind: 'stage', edge, stage: of };
};
export const atFact = (fact: string): IntervalAnchor => ({ kind: 'fact', fact });

const edgeOf = (text: string): { edge: 'start' | 'end'; of: string } => {
  const [edge, of = ''] = text.split(' of ');
  return { edge: edge === 'start' ? 'start' : 'end', of };
};

/** `intervalOf('spacing', atEdge('end of filling'), 'exchange', { minimum: for_(3, 'month') })` */
export const intervalOf = (
  rule: string,
  from: IntervalAnchor,
  to: string,
  more: Partial<Interval> = {},
): Interval => ({
  rule,
  ruleSet: 'rules-of-the-test',
  version: '1.0.0',
  title: `Title of ${rule}`,
  from,
  to: { kind: 'procedure', of: to },
  area: 'any',
  counts: 'last',
  minimum: for_(0, 'day'),
  ifEarly: 'counts',
  sameDay: false,
  source: 'example',
  ...more,
});

export const factOf = (fact: string, is: FactKind, more: Partial<FactDefinition> = {}): FactDefinition => ({
  fact,
  title: fact,
  is,
  byArea: false,
  flag: false,
  alsoIn: [],
  from: ['clinician', 'record', 'patient'],
  ask: { role: 'nurse', within: for_(2, 'working day') },
  ...more,
});

export const taskOf = (
  task: string,
  {
    due = { to: for_(7, 'day'), after: 'plan start' },
    ...more
  }: Partial<TaskDefinition> & { due?: DueAfter } = {},
): TaskDefinition => ({
  task,
  title: `Title of ${task}`,
  role: 'nurse',
  when: { due },
  ladder: 'standard',
  records: [],
  ...more,
});

export const stageOf = (stage: string, more: Partial<StageDefinition> = {}): StageDefinition => ({
  stage,
  title: `Stage ${stage}`,
  procedures: [`${stage}-procedure`],
  traits: [],
  consent: { form: `${stage}-consent`, by: 'patient', covers: 'one procedure', lasts: for_(6, 'month') },
  sessions: 1,
  missed: 'wait',
  beforeEach: [],
  afterEach: [],
  closure: [],
  recovery: [],
  ...more,
});

/** Of a stage that is consented to here. */
export function consentTo({ stage, consent }: Pick<StageDefinition, 'stage' | 'consent'>) {
  if (!consent) throw new Error(`nobody consents to ${stage} here`);
  return consent;
}

export const rung = (at: Rung['at'], tell: string[] = ['owner'], raise = 0): Rung => ({ at, tell, raise });

export const ladderOf = (
  rungs: Rung[],
  everyFurther = for_(5, 'working day'),
  ladder = 'standard',
): LadderDefinition => ({ ladder, calendar: 'clinic-hours', rungs, everyFurther });

export const eligibility = (
  rule: string,
  when: LoweredCondition,
  more: Partial<Eligibility> = {},
): Eligibility => ({
  rule,
  ruleSet: 'rules-of-the-test',
  version: '1.0.0',
  title: `Title of ${rule}`,
  source: 'example',
  when,
  otherwise: 'referral',
  ...more,
});

export const tableOf = (
  rule: string,
  answers: string[],
  rows: Table['rows'],
  more: Partial<Table> = {},
): Table => ({
  rule,
  ruleSet: 'rules-of-the-test',
  version: '1.0.0',
  title: `Title of ${rule}`,
  source: 'example',
  answers,
  rows,
  ...more,
});

export const alertOf = (rule: string, when: LoweredCondition, more: Partial<Alert> = {}): Alert => ({
  rule,
  ruleSet: 'rules-of-the-test',
  version: '1.0.0',
  title: `Title of ${rule}`,
  source: 'example',
  when,
  of: [],
  do: [
    {
      task: 'look',
      title: `Look at ${rule}`,
      role: 'nurse',
      due: for_(1, 'hour'),
      ladder: 'standard',
      records: [],
    },
  ],
  ...more,
});

export const termsOf = (more: Partial<OverrideTerms> = {}): OverrideTerms => ({
  by: ['dermatologist'],
  lasts: for_(3, 'day'),
  covers: 'one gate',
  coversUnknown: false,
  reasons: ['counts-rising', 'urgent'],
  ...more,
});

export interface Variation {
  readonly zone?: string;
  readonly facts?: FactDefinition[];
  readonly rules?: Contraindication[];
  readonly ladders?: LadderDefinition[];
  readonly calendars?: Clinic['calendars'];
  readonly waits?: Partial<Clinic['waits']>;
  readonly consultation?: TaskDefinition[];
  readonly assessment?: TaskDefinition[];
  readonly stages?: StageDefinition[];
  readonly areas?: CompiledPathway['areas'];
  readonly derived?: CompiledPathway['derived'];
  /** Traits by procedure, beside those of the stages. */
  readonly procedures?: CompiledPathway['procedures'];
  readonly intervals?: IntervalRule[];
  /** The parts of the body that the clinic has words for. */
  readonly parts?: Clinic['areas'];
  readonly eligibility?: Eligibility[];
  readonly tables?: Table[];
  readonly alerts?: Alert[];
  readonly decidedIn?: CompiledPathway['decidedIn'];
  readonly choices?: CompiledPathway['choices'];
  /** The stages that stand in no track, in their order, when it is left out. */
  readonly course?: CompiledPathway['course'];
  readonly tracks?: CompiledPathway['tracks'];
  readonly maintenance?: CompiledPathway['maintenance'];
  readonly alongside?: CompiledPathway['alongside'];
  readonly reviews?: CompiledPathway['reviews'];
  readonly care?: CompiledPathway['care'];
  readonly languages?: string[];
  readonly texts?: CompiledPathway['texts'];
  readonly goals?: CompiledPathway['goals'];
  readonly decisions?: DecisionDefinition[];
  readonly exits?: Partial<CompiledPathway['exits']>;
  readonly figures?: CompiledPathway['figures'];
  readonly charges?: CompiledPathway['charges'];
}

/** The one-page pathway with some of it changed; checked by the compiled form's own schema. */
export function pathwayWith(variation: Variation = {}): CompiledPathway {
  const { clinic } = moleRemoval;
  return CompiledPathway.parse({
    ...moleRemoval,
    clinic: {
      ...clinic,
      timeZone: variation.zone ?? clinic.timeZone,
      ladders: variation.ladders ?? clinic.ladders,
      calendars: variation.calendars ?? clinic.calendars,
      waits: { ...clinic.waits, ...variation.waits },
      areas: variation.parts ?? clinic.areas,
      languages: variation.languages ?? clinic.languages,
    },
    facts: variation.facts ?? moleRemoval.facts,
    contraindications: variation.rules ?? moleRemoval.contraindications,
    consultation: variation.consultation ?? moleRemoval.consultation,
    assessment: variation.assessment ?? moleRemoval.assessment,
    stages: variation.stages ?? moleRemoval.stages,
    areas: variation.areas ?? {},
    derived: variation.derived ?? [],
    intervals: variation.intervals ?? [],
    procedures: {
      ...moleRemoval.procedures,
      ...Object.fromEntries(
        (variation.stages ?? []).flatMap(({ procedures, traits }) =>
          procedures.map((name) => [name, traits]),
        ),
      ),
      ...variation.procedures,
    },
    eligibility: variation.eligibility ?? [],
    tables: variation.tables ?? [],
    alerts: variation.alerts ?? [],
    decidedIn: variation.decidedIn ?? { consultation: [], assessment: [] },
    choices: variation.choices ?? [],
    course:
      variation.course ??
      (variation.stages ?? moleRemoval.stages)
        .filter(
          ({ stage }) => !variation.tracks?.some(({ course }) => course.some(({ name }) => name === stage)),
        )
        .map(({ stage }) => ({ kind: 'stage', name: stage })),
    tracks: variation.tracks ?? [],
    maintenance: variation.maintenance ?? [],
    alongside: variation.alongside ?? [],
    reviews: variation.reviews ?? [],
    care: variation.care ?? [],
    texts: variation.texts ?? [],
    goals: variation.goals ?? [],
    decisions: variation.decisions ?? [],
    exits: { ...moleRemoval.exits, ...variation.exits },
    figures: variation.figures ?? [],
    ...(variation.charges ? { charges: variation.charges } : {}),
  });
}
