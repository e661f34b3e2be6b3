import type { WorkingCalendar } from '../model/calendar.ts';
import { Defect } from '../model/failure.ts';
import type { Name } from '../model/primitives.schema.ts';
import { type Areas, areasOf } from './areas.ts';
import type { CareDefinition } from './care.schema.ts';
import { ALONGSIDE, type Chart, chartLine, createChart } from './chart.ts';
import type { Clinic, LadderDefinition } from './clinic.schema.ts';
import type {
  CompiledPathway,
  ListedSession,
  MaintenanceDefinition,
  StageDefinition,
  TrackDefinition,
} from './compiled.schema.ts';
import { assertConditions } from './conditions.ts';
import type { Action, DecisionDefinition, ExitDefinition } from './decisions.schema.ts';
import type { DerivedDefinition, FactDefinition } from './facts.schema.ts';
import type { FigureDefinition } from './figures.schema.ts';
import type { Alert, Contraindication, Eligibility, ExitName, IntervalRule, Table } from './rules.schema.ts';
import type { ChoiceDefinition } from './tailoring.schema.ts';
import type { TaskDefinition } from './work.schema.ts';

/** A compiled pathway made ready to run: shared by all plans that pin its digest, and never changed. */
export interface Pathway {
  readonly compiled: CompiledPathway;
  /** As it was published, where this is how one plan has it. */
  readonly published: Pathway | undefined;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly clinic: Clinic;
  readonly zone: string;
  readonly chart: Chart;
  readonly areas: Areas;
  readonly areaChoices: CompiledPathway['areas'];
  readonly facts: readonly FactDefinition[];
  readonly stages: readonly StageDefinition[];
  readonly eligibility: readonly Eligibility[];
  readonly intervals: readonly IntervalRule[];
  readonly alerts: readonly Alert[];
  readonly figures: readonly FigureDefinition[];
  readonly goals: CompiledPathway['goals'];
  readonly charges: CompiledPathway['charges'];
  figure(name: string): FigureDefinition;
  fact(name: string): FactDefinition | undefined;
  derived(name: string): DerivedDefinition | undefined;
  /** With all that is done at any of its sessions. */
  stage(name: string): StageDefinition | undefined;
  /** A stage as one of its listed sessions has it: what is done at it, and its own title. Always the same object. */
  stageAt(session: ListedSession): StageDefinition;
  /** The listed session that a stage was taken as. */
  sessionAt(stage: StageDefinition): Name | undefined;
  table(name: string): Table;
  contraindication(name: string): Contraindication | undefined;
  /** Undefined: nothing here speaks of such a procedure. */
  traitsOf(procedure: string): readonly string[] | undefined;
  /** What rules may call these procedures: by their own names, and by their traits. */
  namesOf(procedures: readonly string[]): readonly string[];
  readonly procedures: readonly string[];
  ladder(name: string): LadderDefinition;
  calendarOf(ladder: LadderDefinition): WorkingCalendar;
  /** The first of the clinic's file. */
  readonly defaultLadder: string;
  readonly defaultCalendar: WorkingCalendar;
  /** The course in its order. */
  readonly course: CompiledPathway['course'];
  readonly reviews: CompiledPathway['reviews'];
  maintenance(name: string): MaintenanceDefinition | undefined;
  decision(name: string): DecisionDefinition;
  readonly choices: readonly ChoiceDefinition[];
  choice(name: string): ChoiceDefinition | undefined;
  /** The stage that a decision of the course may leave out before it is come to. */
  stageInQuestion(decision: string): StageDefinition | undefined;
  /** Decisions that are asked when a chart state is entered, and without which it does not end. */
  decisionsOf(state: string): readonly DecisionDefinition[];
  exit(name: ExitName): ExitDefinition;
  /** Tasks that begin when a chart state is entered; of `<stage>.session`, after each session; of `course`, with it. */
  tasksOf(state: string): readonly TaskDefinition[];
  contraindicationsOf(stage: StageDefinition): readonly Contraindication[];
  readonly care: readonly CareDefinition[];
  /** Rules that stop home care of that name. */
  rulesStopping(care: string): readonly Contraindication[];
  /** What is said to patients in another language; undefined: it has not been translated, or has changed since. */
  translated(language: string, text: string): string | undefined;
  readonly tracks: readonly TrackDefinition[];
  /** The track in which a stage or a decision stands; undefined: the main course, or nothing of that name. */
  trackOf(name: string): string | undefined;
  /** What has an outcome that starts a track: decisions, and stages with a table at their gate. */
  startersOf(track: string): Pick<CompiledPathway, 'decisions' | 'stages'>;
  /**
   * The pathway with the chart, the stages, the course and the work of one line alone; undefined: the main course, which
   * is the pathway itself where it has no track.
   */
  line(track: string | undefined): Pathway;
}

/** @throws Defect when the compiled form breaks what the compiler promises */
export function loadPathway(compiled: CompiledPathway, published?: Pathway): Pathway {
  const facts = new Map(compiled.facts.map((fact) => [fact.fact, fact]));
  const stages = new Map(compiled.stages.map((stage) => [stage.stage, stage]));
  const ladders = new Map(compiled.clinic.ladders.map((ladder) => [ladder.ladder, ladder]));
  const calendars = new Map(compiled.clinic.calendars.map((calendar) => [calendar.calendar, calendar]));
  const derived = new Map(compiled.derived.map((one) => [one.derived, one]));
  const tables = new Map(compiled.tables.map((table) => [table.rule, table]));
  const contraindications = new Map(compiled.contraindications.map((rule) => [rule.rule, rule]));
  assertConditions(compiled);
  const bySession = stagesBySession(compiled);
  const sessions = new Map([...bySession].map(([session, stage]) => [stage, session]));
  const rulesByStage = new Map(
    [...compiled.stages, ...bySession.values()].map((stage) => [stage, rulesBearingOn(stage, compiled)]),
  );
  const stopping = new Map(compiled.care.map(({ care }) => [care, rulesStopping(care, compiled)]));
  const translations = new Map(
    compiled.texts.map(({ language, says }) => [language, new Map(says.map(({ was, now }) => [was, now]))]),
  );
  const decisions = new Map(compiled.decisions.map((decision) => [decision.decision, decision]));
  const figures = new Map(compiled.figures.map((figure) => [figure.figure, figure]));
  const decision = (name: string) => must(decisions.get(name), `decision ${name}`);
  const choices = new Map(compiled.choices.map((choice) => [choice.choice, choice]));
  const inQuestion = new Map(itemsOf(compiled).map(({ name, whether }) => [name, whether]));
  const decidedIn = decisionsByChartState(compiled);
  const maintenance = new Map(compiled.maintenance.map((one) => [one.maintenance, one]));
  const tasksByState = tasksByChartState(compiled);
  const traitsOf: Pathway['traitsOf'] = (procedure) =>
    Object.hasOwn(compiled.procedures, procedure) ? compiled.procedures[procedure] : undefined;
  const whole: Pathway = {
    ...asWritten(compiled),
    compiled,
    published,
    id: compiled.pathway,
    version: compiled.version,
    title: compiled.title,
    clinic: compiled.clinic,
    zone: compiled.clinic.timeZone,
    chart: createChart(chartLine(compiled)),
    areas: areasOf(compiled.clinic.areas),
    areaChoices: compiled.areas,
    figure: (name) => must(figures.get(name), `figure ${name}`),
    procedures: Object.keys(compiled.procedures),
    derived: (name) => derived.get(name),
    table: (name) => must(tables.get(name), `table ${name}`),
    contraindication: (name) => contraindications.get(name),
    traitsOf,
    namesOf: (procedures) => procedures.flatMap((name) => [name, ...(traitsOf(name) ?? [])]),
    fact: (name) => facts.get(name),
    stage: (name) => stages.get(name),
    stageAt: ({ session }) => must(bySession.get(session), `session ${session}`),
    sessionAt: (stage) => sessions.get(stage),
    ladder: (name) => must(ladders.get(name), `ladder ${name}`),
    calendarOf: ({ calendar }) => must(calendars.get(calendar), `calendar ${calendar}`),
    defaultLadder: must(compiled.clinic.ladders[0], 'a first ladder').ladder,
    defaultCalendar: must(compiled.clinic.calendars[0], 'a first calendar'),
    maintenance: (name) => maintenance.get(name),
    decision,
    choice: (name) => choices.get(name),
    stageInQuestion: (name) => stages.get(inQuestion.get(name) ?? ''),
    decisionsOf: (state) => (decidedIn.get(state) ?? []).map(decision),
    exit: (name) => compiled.exits[name],
    tasksOf: (state) => tasksByState.get(state) ?? [],
    contraindicationsOf: (stage) => rulesByStage.get(stage) ?? [],
    rulesStopping: (care) => stopping.get(care) ?? [],
    translated: (language, text) => translations.get(language)?.get(text),
    ...tracksIn(compiled),
    line: (track) => must(lines.get(track), `track ${track}`),
  };
  const lines = linesOf(compiled, whole);
  return whole;
}

const asWritten = (compiled: CompiledPathway) => {
  const { facts, stages, eligibility, intervals, alerts, figures, course, reviews, choices, tracks, care } =
    compiled;
  const { goals, charges } = compiled;
  const plans = { course, reviews, choices, tracks, care, charges };
  return { facts, stages, eligibility, intervals, alerts, figures, goals, ...plans };
};

function linesOf(compiled: CompiledPathway, whole: Pathway): ReadonlyMap<string | undefined, Pathway> {
  if (compiled.tracks.length === 0) return new Map([[undefined, whole]]);
  return new Map(
    [undefined, ...compiled.tracks].map((track) => {
      const line = chartLine(compiled, track);
      const { stages, course } = line;
      // Consultation, assessment and the exits have no stage: what is done there is the main course's.
      const isOwn = (state: string): boolean => whole.trackOf(state.split('.')[0] ?? '') === track?.track;
      const tasksOf: Pathway['tasksOf'] = (state) => (isOwn(state) ? whole.tasksOf(state) : []);
      return [track?.track, { ...whole, chart: createChart(line), stages, course, tasksOf }];
    }),
  );
}

function tracksIn(compiled: CompiledPathway): Pick<Pathway, 'tracks' | 'trackOf' | 'startersOf'> {
  const names = trackOfNames(compiled);
  return {
    tracks: compiled.tracks,
    trackOf: (name) => names.get(name),
    startersOf: (track) => startersOf(compiled, track),
  };
}

/** Of each stage and decision that stands in a track, its name. */
function trackOfNames({ tracks, stages }: CompiledPathway): ReadonlyMap<string, string> {
  const reassess = new Map(stages.map((stage) => [stage.stage, stage.reassess]));
  return new Map(
    tracks.flatMap(({ track, course }) =>
      course.flatMap(({ name }): [string, string][] => {
        const decision = reassess.get(name);
        return [
          [name, track],
          ...(decision === undefined ? [] : [[decision, track] satisfies [string, string]]),
        ];
      }),
    ),
  );
}

function startersOf({ decisions, stages }: CompiledPathway, track: string) {
  const starts = (outcomes: Readonly<Record<string, Action>> = {}): boolean =>
    Object.values(outcomes).some((action) =>
      action.some((step) => step.do === 'start' && step.track === track),
    );
  return {
    decisions: decisions.filter(({ outcomes }) => starts(outcomes)),
    stages: stages.filter(({ table }) => starts(table?.outcomes)),
  };
}

/** The sessions that a stage lists, without the decisions between them. */
export const sessionsIn = ({ list = [] }: StageDefinition): ListedSession[] =>
  list.filter((item) => item.kind === 'session');

function atSession(stage: StageDefinition, session: ListedSession): StageDefinition {
  const { title, procedures, traits, with: figures, onlyFor = [], price, say } = session;
  const both = [...(stage.onlyFor ?? []), ...onlyFor];
  const shown = [...new Set([...(stage.with ?? []), ...(figures ?? [])])];
  return {
    ...stage,
    title: `${stage.title}: ${title}`,
    ...{ procedures, traits },
    ...(both.length > 0 ? { onlyFor: both } : {}),
    ...(shown.length > 0 ? { with: shown } : {}),
    ...(price === undefined ? {} : { price }),
    ...(say === undefined ? {} : { say }),
  };
}

const stagesBySession = ({ stages }: CompiledPathway): ReadonlyMap<Name, StageDefinition> =>
  new Map(
    stages.flatMap((stage) =>
      sessionsIn(stage).map((session) => [session.session, atSession(stage, session)] as const),
    ),
  );

/** Of the course, and of every track. */
const itemsOf = ({ course, tracks }: CompiledPathway): CompiledPathway['course'] => [
  ...course,
  ...tracks.flatMap((track) => track.course),
];

/** A contraindication stops a procedure: in a period there is none. */
function rulesBearingOn(stage: StageDefinition, { contraindications }: CompiledPathway) {
  if (stage.period) return [];
  const names = new Set([...stage.procedures, ...stage.traits]);
  return contraindications.filter(
    ({ of, stops }) =>
      stops.some((gate) => gate !== 'care') && (of.length === 0 || of.some((name) => names.has(name))),
  );
}

const rulesStopping = (care: string, { contraindications }: CompiledPathway): Contraindication[] =>
  contraindications.filter(
    ({ of, stops }) => stops.includes('care') && (of.length === 0 || of.includes(care)),
  );

function tasksByChartState(compiled: CompiledPathway) {
  const { consultation, assessment, stages, exits, maintenance, alongside } = compiled;
  const byState = new Map([
    ['consultation', consultation],
    ['assessment', assessment],
    [ALONGSIDE, alongside],
    ...maintenance.map((one) => [`${one.maintenance}.maintenance`, one.tasks] as const),
    ...Object.entries(exits).map(([exit, { tasks }]) => [exit, tasks] as const),
  ]);
  for (const { stage, beforeEach, afterEach, prep, closure, recovery, period } of stages) {
    if (period) {
      byState.set(`${stage}.period`, period.tasks);
      continue;
    }
    byState.set(`${stage}.ready`, beforeEach);
    byState.set(`${stage}.session`, afterEach);
    byState.set(`${stage}.prep`, prep ?? []);
    byState.set(`${stage}.closure`, closure);
    byState.set(`${stage}.recovery`, recovery);
  }
  return byState;
}

function decisionsByChartState(compiled: CompiledPathway) {
  const { decidedIn, stages } = compiled;
  const byState = new Map<string, readonly string[]>(Object.entries(decidedIn));
  for (const { stage, reassess } of stages)
    if (reassess !== undefined) byState.set(`${stage}.reassessment`, [reassess]);
  for (const { kind, name } of itemsOf(compiled))
    if (kind === 'decision') byState.set(`${name}.decision`, [name]);
  return byState;
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Defect(`the compiled pathway has no ${what}`);
  return value;
}
