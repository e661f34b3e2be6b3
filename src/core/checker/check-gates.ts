import { addDays, addToDate, localDateOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Interval } from '../pathway/rules.schema.ts';
import { shortestFor } from '../plan/figures.ts';
import { lookAtGate } from '../plan/gate.ts';
import { isAcceptedUnknown } from '../plan/holds.ts';
import { intervalsOf, placedIntervals } from '../plan/intervals.ts';
import type { Reason } from '../plan/outcome.schema.ts';
import type { Performed, PlanState } from '../plan/plan-state.schema.ts';
import { findingsAt } from '../plan/scope.ts';
import { answerAt } from '../plan/table-answers.ts';
import { windowFrom } from '../rules/window.ts';
import {
  answering,
  hasTooMany,
  patientThrough,
  patientWith,
  rulesAt,
  type Term,
  termsOf,
  viewsOf,
} from './check-passage.ts';
import { counted, type Finding, type Looked } from './finding.ts';
import { begunPlan, inOrder, NOW } from './made-up-plan.ts';
import { patientInWords } from './space.ts';

/** Rules that are judged at the gates of one pathway, all made-up plans together. */
const MOST_JUDGED = 10_000;

/**
 * The engine's own gates, asked about made-up plans: with all in order, and then with one thing that is not. S1 without
 * consent and the day after it ends; S2 and S4 with each rule met and unknown; S3 the day before each interval begins, on
 * that day, on its latest and the day after; S5 without clearance. Each has to close the gate.
 */
export function checkGates(pathway: Pathway, look: Gate = lookAtGate): Looked {
  const own = pathway.stages.filter(({ elsewhere, period }) => !elsewhere && !period);
  const sleeping = own.flatMap(withoutAnaesthesia);
  // Which ones are left out is said where rules are compared.
  const stages = own.filter((stage) => !hasTooMany(pathway, stage));
  if (stages.length === 0) return { findings: sleeping, explored: [] };
  const asking: Asking = { pathway, look, begun: begunPlan(pathway), looks: 0, judged: 0, notMade: [] };
  const findings = [
    ...sleeping,
    ...stages.flatMap((stage) =>
      differing(viewsOf(pathway, stage)).flatMap((view) => breaches(asking, view)),
    ),
  ];
  return {
    findings: [...new Map(findings.map((one) => [`${one.code} ${one.says}`, one])).values()],
    explored: [
      `${counted(stages.length, 'gate')}, asked about ${counted(asking.looks, 'made-up plan')}: with all in order, and with one thing that is not (consent, clearance, each rule met and unknown, each interval before, at and after)`,
      ...(asking.judged >= MOST_JUDGED ? [`not all of that: rules are judged ${MOST_JUDGED} times`] : []),
      ...(asking.notMade.length > 0
        ? [`no patient could be made up for: ${[...new Set(asking.notMade)].join(', ')}`]
        : []),
    ],
  };
}

/** What decides a gate; the engine's own, unless a test wants to see that the checker would notice. */
type Gate = typeof lookAtGate;

interface Asking {
  readonly pathway: Pathway;
  readonly look: Gate;
  readonly begun: PlanState;
  looks: number;
  judged: number;
  /** What could not be brought about. */
  readonly notMade: string[];
}

/** Sessions at which the same is done ask the same. */
const differing = (views: readonly StageDefinition[]): StageDefinition[] => [
  ...new Map(views.map((view) => [view.procedures.toSorted().join(), view])).values(),
];

const SLEEP: readonly string[] = ['general-anaesthesia', 'sedation'];

/** S5 is asked by the stage's own word: a procedure that the catalogue has under anaesthesia is done under it. */
function withoutAnaesthesia({ stage, traits, anaesthesia }: StageDefinition): Finding[] {
  const trait = traits.find((one) => SLEEP.includes(one));
  if (trait === undefined || anaesthesia === 'general' || anaesthesia === 'sedation') return [];
  const says = `the gate of \`${stage}\` asks for no clearance for anaesthesia (S5), and its procedure has the trait \`${trait}\``;
  const help = `add \`anaesthesia: ${trait === 'sedation' ? 'sedation' : 'general'}\`, and a task that clears it`;
  return [{ code: 'CC1207', severity: 'error', at: { kind: 'stage', name: stage }, says, help }];
}

function breaches(asking: Asking, view: StageDefinition): Finding[] {
  const { pathway, begun } = asking;
  const patient = patientThrough(pathway, view);
  // That nobody passes is found where rules are compared.
  if (!patient || asking.judged >= MOST_JUDGED) return [];
  const ready = inOrder(pathway, begun, view, patient);
  const closed = reasonsFor(asking, view, ready).filter(({ invariant }) => invariant !== 'phase');
  if (closed.length > 0) {
    asking.notMade.push(`\`${view.stage}\` with all in order`);
    return [];
  }
  return [
    ...ofConsent(asking, view, ready),
    ...ofClearance(asking, view, ready),
    ...ofRules(asking, view, ready),
    ...ofTable(asking, view),
    ...ofIntervals(asking, view, ready),
  ];
}

function reasonsFor(
  asking: Asking,
  view: StageDefinition,
  state: PlanState,
  pathway: Pathway = asking.pathway,
): readonly Reason[] {
  asking.looks += 1;
  asking.judged += 1 + pathway.eligibility.length + pathway.contraindicationsOf(view).length;
  return asking.look(pathway, state, view, NOW).reasons;
}

const opensWith = (view: StageDefinition, words: string): Finding => ({
  code: 'CC1207',
  severity: 'error',
  at: { kind: 'stage', name: view.stage },
  says: `the gate of \`${view.stage}\` opens ${words}`,
});

function ofConsent(asking: Asking, view: StageDefinition, ready: PlanState): Finding[] {
  const { consent } = view;
  if (!consent) return [];
  const today = localDateOf(NOW, asking.pathway.zone);
  const ended = edgeBack(
    today,
    (day) => addToDate(day, shortestFor(asking.pathway, ready, consent.lasts)) < today,
  );
  const isClosed = (consents: PlanState['consents']): boolean =>
    reasonsFor(asking, view, { ...ready, consents }).some(({ invariant }) => invariant === 'S1');
  const expired = ready.consents.map((one) => ({ ...one, signedOn: ended }));
  return [
    ...(isClosed([]) ? [] : [opensWith(view, 'without consent (S1)')]),
    ...(isClosed(expired) ? [] : [opensWith(view, 'the day after consent has ended (S1)')]),
  ];
}

function ofClearance(asking: Asking, view: StageDefinition, ready: PlanState): Finding[] {
  if (view.anaesthesia !== 'general' && view.anaesthesia !== 'sedation') return [];
  const state = { ...ready, tasks: asking.begun.tasks };
  const isClosed = reasonsFor(asking, view, state).some(({ invariant }) => invariant === 'S5');
  return isClosed ? [] : [opensWith(view, 'without clearance for anaesthesia (S5)')];
}

/** Each rule met, with as much else in order as can be; and all of them with nothing known. */
function ofRules(asking: Asking, view: StageDefinition, ready: PlanState): Finding[] {
  const { pathway, begun } = asking;
  const terms = termsOf(pathway, view);
  const rules = rulesAt(pathway, view);
  const unknown = {
    state: { ...ready, observations: {} },
    result: 'unknown',
    words: 'nothing is known',
  } as const;
  return [
    ...rules.flatMap((term) => {
      if (asking.judged >= MOST_JUDGED) return [];
      const against: Term = { ...term, is: term.is === 'met' ? 'unmet' : 'met' };
      const others = terms.filter(({ rule }) => rule !== term.rule);
      const patient = patientWith(pathway, [against, ...others]) ?? patientWith(pathway, [against]);
      if (!patient) return [];
      const state = inOrder(pathway, begun, view, patient);
      return holding(asking, view, [term], { state, result: 'met', words: patientInWords(patient) });
    }),
    ...holding(asking, view, rules, unknown),
  ];
}

interface MadeUp {
  readonly state: PlanState;
  readonly result: 'met' | 'unknown';
  readonly words: string;
}

/** Rules that come out so of a made-up plan: each of them is among the reasons why the gate is closed. */
function holding(
  asking: Asking,
  view: StageDefinition,
  terms: readonly Term[],
  { state, result, words }: MadeUp,
): Finding[] {
  const { pathway } = asking;
  const all = findingsAt(pathway, state, { stage: view, now: NOW, gate: 'procedure' });
  const reasons = reasonsFor(asking, view, state);
  return terms.flatMap(({ rule: name }): Finding[] => {
    const found = all.find(({ rule, finding }) => rule.rule.rule === name && finding.result === result);
    if (!found) {
      asking.notMade.push(`\`${name}\` ${result}`);
      return [];
    }
    const { rule, finding } = found;
    const bears = rule.kind === 'eligibility' || rule.rule.stops.includes('procedure');
    if (!bears || (result === 'unknown' && isAcceptedUnknown(rule, finding))) return [];
    if (reasons.some((one) => one.finding?.rule === name)) return [];
    const invariant = rule.kind === 'eligibility' ? 'S4' : 'S2';
    return [{ ...opensWith(view, `though \`${name}\` is ${result} (${invariant})`), example: [words] }];
  });
}

function ofTable(asking: Asking, view: StageDefinition): Finding[] {
  const { pathway, begun } = asking;
  if (!view.table) return [];
  const { table, outcomes } = view.table;
  const definition = pathway.table(table);
  const terms = termsOf(pathway, view);
  const closing = definition.answers.filter((answer) =>
    outcomes[answer]?.every(({ do: what }) => what !== 'go'),
  );
  return closing.flatMap((answer) => {
    const patient = patientWith(pathway, [...terms, ...answering(definition, answer)]);
    if (!patient) return [];
    const state = inOrder(pathway, begun, view, patient);
    if (answerAt({ pathway, state, now: NOW }, view)?.finding.answer !== answer) {
      asking.notMade.push(`\`${table}\` with \`${answer}\``);
      return [];
    }
    const reasons = reasonsFor(asking, view, state);
    const isClosed = reasons.some(({ invariant }) => invariant === 'S4');
    return isClosed
      ? []
      : [
          {
            ...opensWith(view, `though \`${table}\` says \`${answer}\` (S4)`),
            example: [patientInWords(patient)],
          },
        ];
  });
}

function ofIntervals(asking: Asking, view: StageDefinition, ready: PlanState): Finding[] {
  const { pathway } = asking;
  // Reasons add up, and these are of intervals alone: the rules need not be judged anew for each day.
  const alone: Pathway = { ...pathway, eligibility: [], contraindicationsOf: () => [] };
  return intervalsOf(pathway, ready, view).flatMap((interval) => {
    const done = performedBefore(interval, pathway, ready);
    if (!done) return [];
    return daysAround(interval, localDateOf(NOW, pathway.zone)).flatMap(
      ({ day, isOpen, words }): Finding[] => {
        const state = { ...ready, performed: [{ ...done, performedOn: day }] };
        const placed = placedIntervals(alone, state, view, NOW);
        const found = placed.find(({ finding }) => finding.rule === interval.rule);
        if (!found || interval.onlyWhen) return [];
        const reasons = reasonsFor(asking, view, state);
        const isClosed = reasons.some(
          (one) => one.invariant === 'S3' && one.interval?.rule === interval.rule,
        );
        if (isOpen || isClosed) return [];
        return [opensWith(view, `${words} \`${interval.rule}\` (S3)`)];
      },
    );
  });
}

/** Something that an interval counts from, done once in all areas of the plan. */
function performedBefore({ from }: Interval, pathway: Pathway, { areas }: PlanState): Performed | undefined {
  if (from.kind === 'fact') return undefined;
  const stage = from.kind === 'stage' ? from.stage : 'before';
  const procedures =
    from.kind === 'stage'
      ? pathway.stage(from.stage)?.procedures
      : pathway.procedures.filter((name) => pathway.namesOf([name]).includes(from.of)).slice(0, 1);
  if (!procedures || procedures.length === 0) return undefined;
  return {
    stage,
    procedures: [...procedures],
    performedOn: '',
    areas: Object.values(areas).flat(),
    reportedAt: NOW,
    step: 1,
    deviation: false,
    counts: true,
    round: 1,
  };
}

interface Edge {
  readonly day: LocalDate;
  readonly isOpen: boolean;
  readonly words: string;
}

/** Days on which it was done, for which today is the day before an edge of the window, or that edge itself. */
function daysAround(interval: Interval, today: LocalDate): Edge[] {
  const began = edgeBack(today, (day) => windowFrom(day, interval).earliest <= today);
  const early = addDays(began, 1);
  const isLate = (day: LocalDate): boolean => (windowFrom(day, interval).latest ?? today) < today;
  const late = interval.latest && edgeBack(today, isLate);
  return [
    ...(early > today || (interval.sameDay && early === today)
      ? []
      : [{ day: early, isOpen: false, words: 'the day before the minimum of' }]),
    { day: began, isOpen: true, words: 'on the first day of' },
    ...(late
      ? [
          { day: addDays(late, 1), isOpen: true, words: 'on the latest day of' },
          { day: late, isOpen: false, words: 'the day after the latest day of' },
        ]
      : []),
  ];
}

const FURTHEST_BACK = 40_000;

/** The last day, going back, from which on something is so: what is so of a day is so of all before it. */
function edgeBack(today: LocalDate, isSo: (day: LocalDate) => boolean): LocalDate {
  let [near, far] = [0, FURTHEST_BACK];
  while (near < far) {
    const middle = Math.floor((near + far) / 2);
    if (isSo(addDays(today, -middle))) far = middle;
    else near = middle + 1;
  }
  return addDays(today, -near);
}
