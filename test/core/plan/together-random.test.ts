import { addDays, addElapsed, localDateOf } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import { countOf } from '../../../src/core/plan/figures.ts';
import { PlanState as Kept, type PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { actor, eventOf, nurse, RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { CONSENT, compiledFrom } from '../authoring/programme-sample.ts';

/**
 * Choices, figures, levels, sessions that differ, tables that decide, reviews, work alongside and a follow-up, all in
 * one file, met by events in no sensible order. The core asserts its invariants after every step; here it is asked
 * beside them that nothing is owed that is not for the patient, and that a second look changes nothing.
 */
const COURSE = `  decisions:
    - decision: begin
      title: Begin?
      by: { table: borne-table }
      ifUnknown: dermatologist
      due: 7 days after consultation
      outcomes: { well: go, badly: { raise: dose, atEnd: { wait: 3 days, atMost: 1, then: go }, then: go } }
course:
  - stage: series
    title: Series
    procedure: expander-fill
    ${CONSENT}
    sessions: up to the count
    untilWhen: { expanderFull: is yes }
    spacing: { from: end, minimum: the cycle, latest: 8 weeks, ifLate: { ask: nurse } }
    with: [dose]
    missed: skip
    prep: { tasks: [ { task: wash, title: Wash, role: nurse, due: 1 day before booking, onlyFor: [severe] } ] }
    beforeEach:
      decision:
        by: { table: borne-table }
        outcomes: { well: { limit: { dose: middle }, for: this session }, badly: { lower: dose, atEnd: { choose: severity, then: go } } }
    afterEach:
      decision:
        decision: after-series
        title: How was it borne?
        by: { table: borne-table }
        due: 3 days after session
        ifUnknown: well
        outcomes: { well: go, badly: { choose: severity, then: { to: programme, atMost: 1 } } }
  - stage: programme
    title: Programme
    ${CONSENT}
    onlyFor: [severe]
    missed: skip
    with: [cycle]
    sessions:
      - { session: first, title: First, procedures: [expander-fill], with: [dose] }
      - decision: half-way
        title: Half-way
        by: { table: borne-table }
        due: 5 days after session
        outcomes: { well: go, badly: { choose: severity } }
      - { session: second, title: Second, procedures: [mole-excision], onlyFor: [high] }
      - { session: third, title: Third, procedures: [expander-fill], onlyFor: [mild, severe, standard], with: [count] }
      - decision: at-last
        title: At last
        by: dermatologist
        due: 5 days after session
        outcomes: { fine: go, again: { again: 1, then: { exit: conservative } }, risk: { choose: risk, then: { lower: dose, atEnd: end, for: this session } } }
  - stage: extra
    title: One more
    optional: dermatologist
    procedure: expander-fill
    ${CONSENT}
    onlyFor: [mild]
    reassess:
      decision: result
      title: Result
      by: { table: borne-table }
      due: 7 days after procedure
      outcomes: { well: go, badly: { again: 2, then: { exit: referral } } }
  - maintenance: rest
    title: Rest
    lasts: 20 days
    tasks:
      - { task: letter, title: Letter, role: nurse, due: 5 days after last session, onlyFor: [mild] }
      - { task: scan, title: Scan, role: nurse, every: 6 days, onlyFor: [severe] }
  - decision: and-then
    title: And then?
    by: { table: borne-table }
    ifUnknown: well
    due: 4 days after last session
    outcomes: { well: go, badly: { to: series, atMost: 1 } }
  - maintenance: follow-up
    title: Follow-up
    lasts: 3 months
    tasks:
      - { task: visit, title: Visit, role: nurse, every: 20 days, from: 10 days after last session }
      - { task: last-letter, title: Last letter, role: nurse, due: 30 days after stage, onlyFor: [high] }
alongside:
  - { task: diary, title: Diary, role: nurse, every: 9 days, onlyFor: [severe], until: 40 days after last session }
  - { task: ring, title: Ring, role: nurse, due: 14 days after first session, onlyFor: [mild, high] }
  - review: progress
    every: 15 days
    by: dermatologist
    due: 3 days after asked
    outcomes:
      as-planned: go
      other: { choose: severity, then: { choose: risk } }
      redo: { again: 1, then: { to: series, atMost: 1 } }
      skip: next stage
      careful: { limit: { dose: low } }
      pause: { exit: postponement }
      stop: end
  - review: by-table
    every: 1 month
    by: { table: borne-table }
    due: 3 days after asked
    outcomes: { well: go, badly: { choose: risk } }
exits:
  further-evaluation: { returnsTo: assessment }
  conservative: { returnsTo: consultation }
`;

const pathway = compiledFrom(COURSE);
const PEOPLE = ['dermatologist', 'nurse', 'coordinator', 'clinical-lead', 'surgeon'].map((role) =>
  actor(`${role}-1`, role),
);
const STAGES = pathway.stages.map(({ stage }) => stage);
const SESSIONS = ['first', 'second', 'third'];
const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;

function someEvent(random: Random, state: PlanState, today: string): PlanEvent {
  const by = { id: `e-${state.sequence}`, actor: random.pick(PEOPLE) };
  const stage = random.pick(STAGES);
  const performedOn = addDays(today, -random.pick([0, 0, 0, 1, 9]));
  const open = Object.keys(state.questions).filter((id) => !state.questions[id]?.answer);
  const tasks = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  const named = stage === 'programme' && random.chance(0.4) ? { session: random.pick(SESSIONS) } : {};
  const told = state.performed.length > 0 ? random.pick(state.performed) : { stage, performedOn };
  const observed = (fact: string, value: number | boolean | string): PlanEvent =>
    eventOf('observation.recorded', { observations: [{ fact, value }] }, by);
  return random.weighted<() => PlanEvent>([
    [
      16,
      () => {
        const question = random.pick([...open, 'decision/none']);
        const { outcomes = ['none'], roles = [] } = state.questions[question] ?? {};
        const whose = PEOPLE.find(({ roles: [theirs = ''] }) => roles.includes(theirs)) ?? by.actor;
        return eventOf('decide', { question, outcome: random.pick(outcomes) }, { ...by, actor: whose });
      },
    ],
    [9, () => eventOf('task.completed', { task: random.pick([...tasks, 'none']) }, { ...by, actor: nurse })],
    [4, () => observed('fitness', random.pick([1, 2, 3]))],
    [1, () => observed('expanderFull', random.chance(0.3))],
    [1, () => observed('bloodThinner', 'never')],
    [2, () => eventOf('consent.recorded', { form: 'programme-consent', by: 'patient', signedOn: today }, by)],
    [1, () => eventOf('history.recorded', { procedures: [], isComplete: true }, by)],
    [6, () => eventOf('startProcedure', { stage }, by)],
    [3, () => eventOf('startPrep', { stage }, by)],
    [5, () => eventOf('procedure.performed', { stage, performedOn, ...named }, by)],
    [1, () => eventOf('procedure.notPerformed', { stage, on: today, reason: 'no' }, by)],
    [
      1,
      () => {
        const { stage: of, performedOn: day } = told;
        return eventOf('report.withdrawn', { stage: of, performedOn: day, reason: 'no' }, by);
      },
    ],
    [2, () => eventOf('appointment.booked', { stage, on: today }, by)],
    [1, () => eventOf('appointment.missed', { stage, on: today }, by)],
    [0.7, () => eventOf('leaveCourse', { exit: random.pick(EXITS), reason: 'so' }, by)],
    [3, () => eventOf('returnToCourse', { reason: 'so' }, by)],
  ])();
}

type For = (typeof pathway.stages)[number]['onlyFor'];

/** By the words of the format: each choice has one of the values. */
const isTheirs = ({ choices }: PlanState, onlyFor: For): boolean =>
  (onlyFor ?? []).every(({ choice, values }) => values.includes(choices[choice]?.value ?? ''));

/** What goes against what was chosen, and how often that says that something is done. */
function breachesOf({ state, pathway: loaded }: RunningPlan): string[] {
  const breaches: string[] = [];
  for (const [id, { status, belongsTo }] of Object.entries(state.tasks)) {
    const definition = loaded.tasksOf(belongsTo).find(({ task }) => id === `${belongsTo}/${task}`);
    if (status === 'requested' && definition && !isTheirs(state, definition.onlyFor))
      breaches.push(`owes ${id}`);
  }
  const isHigh = state.choices.risk?.value === 'high';
  for (const [id, { ladder, climbs }] of Object.entries(state.waits))
    if (ladder === 'standard' && (climbs === 'urgent') !== isHigh)
      breaches.push(`${id} is on the wrong ladder`);
  const series = loaded.stage('series');
  const given = state.performed.filter(
    ({ stage, round, counts }) => stage === 'series' && counts && round === (state.stages.series?.round ?? 1),
  );
  if (series && state.chart === 'series.ready' && given.length >= countOf(loaded, state, series))
    breaches.push('stands before a session too many');
  return breaches;
}

const STEPS = [1, 5, 30, 100, 260] as const;

function play(seed: number): RunningPlan {
  const random = new Random(seed);
  const plan = new RunningPlan(pathway);
  for (let sent = 0; sent < 180; sent += 1) {
    const now = addElapsed(plan.state.now, { count: random.pick(STEPS), unit: 'hour' });
    const due = plan.state.wake.at;
    if (due !== null && due <= now) plan.wake(due);
    else plan.send(someEvent(random, plan.state, localDateOf(now, plan.pathway.zone)), now);
    expect(breachesOf(plan)).toEqual([]);
  }
  return plan;
}

const seen = new Set<string>();

it.each(Array.from({ length: fromEnvironment('CARECHART_TOGETHER_SEQUENCES', 12) }, (_, index) => index))(
  'whatever comes in whatever order, nothing of it waits unseen or is owed to no purpose: seed %s',
  (seed) => {
    const plan = play(seed + fromEnvironment('CARECHART_SEED', 1));
    const { state } = plan;
    expect(Kept.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    const isOver = state.status === 'completed' || state.status === 'revoked';
    expect(isOver || state.wake.at !== null).toBe(true);
    const { tasks, waits, questions, choices, levels, chart } = state;
    plan.wake(state.now, -1);
    expect(plan.state).toMatchObject({ tasks, waits, questions, choices, levels, chart });
    for (const { kind, says } of plan.journal) seen.add(kind === 'phase.entered' ? says : kind);
  },
);

it('has come to each of them', () => {
  for (const what of [
    ...['Now in series.ready', 'Now in programme.ready', 'Now in rest.maintenance'],
    ...['choice.made', 'figure.changed', 'question.answered', 'exit.taken', 'course.returned'],
  ])
    expect(seen).toContain(what);
});
