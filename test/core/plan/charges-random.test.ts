import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { ChargesDefinition } from '../../../src/core/pathway/charges.schema.ts';
import { homeOf } from '../../../src/core/pathway/chart.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { BY_SERVICE, chargedPathway, FEE, monthly, usd } from '../../support/charged.ts';
import { askedFor, choiceOf } from '../../support/choices.ts';
import { dermatologist } from '../../support/decided.ts';
import { atStage, for_, intervalOf, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { beginningOf, dayOn, daysLater, shifted } from '../../support/wall-calendar.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ['America/New_York', 'Pacific/Auckland'];
const TIER = choiceOf('tier', ['mild', 'severe']);

/** A fee that depends on a choice, sessions too early to count, a maintenance, and ways off the course. */
const pathwayOf = (charges: ChargesDefinition, zone: string): CompiledPathway =>
  chargedPathway(charges, {
    zone,
    figures: [FEE],
    choices: [TIER],
    decisions: [askedFor(TIER)],
    decidedIn: { consultation: [], assessment: ['tier'] },
    consultation: [taskOf('history')],
    stages: [
      stageOf('visit', { sessions: 3, price: { figure: 'fee' }, recovery: [taskOf('look')] }),
      stageOf('laser', { price: usd(650) }),
      stageOf('talk', { price: 'complimentary' }),
    ],
    course: [
      ...['visit', 'laser', 'talk'].map((name) => ({ kind: 'stage' as const, name })),
      { kind: 'maintenance', name: 'keep' },
    ],
    maintenance: [{ maintenance: 'keep', title: 'Keep it', lasts: for_(5, 'month'), tasks: [taskOf('see')] }],
    intervals: [
      intervalOf('spacing', atStage('end of visit'), 'visit-procedure', {
        minimum: for_(7, 'day'),
        ifEarly: 'does not count',
      }),
    ],
  });

const KINDS: readonly ChargesDefinition[] = [
  monthly({ amount: { figure: 'fee' }, months: 4 }),
  monthly({ months: 3, overrun: 'charged', whilePostponed: 'charged' }),
  BY_SERVICE,
  { kind: 'pay as you go', whilePostponed: 'charged' },
];

/** Of two plans that take the same events, one of which is told of payments as well: what both have open. */
interface Both {
  readonly plan: RunningPlan;
  readonly free: RunningPlan;
}

type Maker = (random: Random, both: Both, today: string) => PlanEvent;

const STAGES = ['visit', 'visit', 'visit', 'laser', 'talk'];
const exits = ['postponement', 'postponement', 'conservative', 'further-evaluation'] as const;

const EVENTS: readonly (readonly [number, Maker])[] = [
  [
    4,
    (random, { plan, free }) => {
      const isOpen = ({ state }: RunningPlan, id: string) => state.tasks[id]?.status === 'requested';
      const open = Object.keys(free.state.tasks).filter((id) => isOpen(free, id) && isOpen(plan, id));
      return eventOf('task.completed', { task: random.pick([...open, 'consultation/history']) });
    },
  ],
  [
    3,
    (random, { plan, free }) => {
      const isOpen = ({ state }: RunningPlan, id: string) => state.questions[id]?.answer === undefined;
      const shared = Object.keys(free.state.questions).filter((id) => plan.state.questions[id]);
      const open = shared.filter((id) => isOpen(free, id) && isOpen(plan, id));
      const question = random.pick([...open, 'none']);
      const outcome = random.pick([...(free.state.questions[question]?.outcomes ?? ['mild'])]);
      return eventOf(
        'decide',
        { question, outcome },
        { actor: random.chance(0.7) ? dermatologist : coordinator },
      );
    },
  ],
  [
    2,
    (random, _plan, today) =>
      eventOf('consent.recorded', { form: `${random.pick(STAGES)}-consent`, by: 'patient', signedOn: today }),
  ],
  [2, (random) => eventOf('startProcedure', { stage: random.pick(STAGES) }, { actor: coordinator })],
  [
    6,
    (random, _plan, today) => {
      const performedOn = daysLater(today, for_(-random.pick([0, 0, 1, 8]), 'day'));
      return eventOf('procedure.performed', { stage: random.pick(STAGES), performedOn });
    },
  ],
  [
    2,
    (random, { free }, today) => {
      const { stage, performedOn } = random.pick([
        ...free.state.performed,
        { stage: 'visit', performedOn: today },
      ]);
      return eventOf('report.withdrawn', { stage, performedOn, reason: 'of another patient' });
    },
  ],
  [
    2,
    (random) =>
      eventOf('leaveCourse', { exit: random.pick(exits), reason: 'abroad' }, { actor: coordinator }),
  ],
  [2, () => eventOf('returnToCourse', { reason: 'back' }, { actor: coordinator })],
  [0.3, () => eventOf('cancelPlan', { reason: 'moved away' }, { actor: coordinator })],
];

/** What the payment service and the coordinator tell, of charges that there are. */
function paymentOf(random: Random, { state, steps }: RunningPlan): PlanEvent {
  const charge = random.pick([...Object.keys(state.charges), 'none']);
  const envelope = { actor: coordinator, id: `payment-${steps.length}` };
  return random.weighted<() => PlanEvent>([
    [3, () => eventOf('payment.settled', { charge }, envelope)],
    [3, () => eventOf('payment.failed', { charge, reason: 'no money' }, envelope)],
    [1, () => eventOf('payment.arranged', { reference: 'token-1' }, envelope)],
  ])();
}

/** What the payment service has been asked for; each thing once, and nothing given back that was not asked for. */
function collectedOf(plan: RunningPlan): Map<string, string> {
  const ids = new Set<string>();
  const collected = new Map<string, string>();
  for (const { id, asks, charge, amount } of plan.steps.flatMap(({ charges }) => charges)) {
    expect(ids).not.toContain(id);
    ids.add(id);
    const text = `${amount.minor} ${amount.currency}`;
    if (asks === 'credit') {
      expect(collected.get(charge)).toBe(text);
      collected.delete(charge);
    } else collected.set(charge, text);
  }
  return collected;
}

/** The months that have to stand in the ledger, by where the plan stood as each first began. */
function monthsExpected({ steps, pathway, state }: RunningPlan): string[] {
  const { charges, zone } = pathway;
  if (charges?.kind !== 'monthly') return [];
  const expected: string[] = [];
  const [start] = steps;
  let first = `${dayOn(start?.state.now ?? '', zone).slice(0, 7)}-01`;
  for (;;) {
    first = daysLater(first, for_(1, 'month'));
    const midnight = beginningOf(first, zone);
    if (midnight > state.now) return expected;
    const stood = steps.findLast((one) => one.state.now < midnight)?.state;
    const status = stood && statusOf(charges, { stood, first, zone, pathway, expected });
    if (status) expected.push(`${first.slice(0, 7)} ${status}`);
  }
}

interface Standing {
  readonly stood: PlanState;
  readonly first: string;
  readonly zone: string;
  readonly pathway: RunningPlan['pathway'];
  readonly expected: readonly string[];
}

function statusOf(
  charges: Extract<ChargesDefinition, { kind: 'monthly' }>,
  { stood, first, zone, pathway, expected }: Standing,
): string | undefined {
  const { course } = stood.enteredAt;
  if (course === undefined || dayOn(course, zone) >= first || pathway.chart.isFinal(homeOf(stood))) return;
  const charged = expected.filter((one) => one.endsWith('charged')).length;
  const isInMaintenance = homeOf(stood).endsWith('.maintenance');
  if (charged >= charges.months && (charges.overrun === 'none' || isInMaintenance)) return;
  const exit = stood.leave?.exit;
  const goesOn = exit === undefined || (exit === 'postponement' && charges.whilePostponed === 'charged');
  return goesOn ? 'charged' : 'paused';
}

/** Of the ledger, by whether it was charged. */
const monthsSeen = ({ state }: RunningPlan): string[] =>
  Object.entries(state.charges).flatMap(([id, { of, status }]) =>
    of.kind === 'month' ? [`${id} ${status === 'paused' ? 'paused' : 'charged'}`] : [],
  );

/** Each service that stands, counts and costs something is asked for once; whatever was withdrawn is given back. */
function checkServices(plan: RunningPlan, seen: Set<string>): void {
  const { charges, performed } = plan.state;
  const lines = Object.values(charges);
  for (const { step, counts } of performed) {
    const own = lines.filter(({ of }) => of.kind === 'service' && of.step === step);
    expect(own.length).toBeLessThanOrEqual(counts ? 1 : 0);
    if (own.length === 0 && counts && plan.state.chart.includes('.'))
      expect('not charged').toBe(`step ${step}`);
  }
  for (const { of, status, amount } of lines) {
    seen.add(status);
    const isGiven = of.kind === 'month' || performed.some(({ step }) => step === of.step);
    expect([of, ['credited', 'void'].includes(status)]).toEqual([of, !isGiven]);
    if (amount) expect(amount.minor).toBeGreaterThan(0);
  }
}

const OPEN = ['asked', 'settled', 'failed'];

function check(plan: RunningPlan, seen: Set<string>): void {
  const collected = collectedOf(plan);
  const open = Object.entries(plan.state.charges).filter(([, { status }]) => OPEN.includes(status));
  const inLedger = open.map(([id, { amount }]) => [id, `${amount?.minor} ${amount?.currency}`]);
  expect([...collected].sort()).toEqual(inLedger.sort());
  expect(monthsSeen(plan)).toEqual(monthsExpected(plan));
  if (plan.pathway.charges?.kind === 'pay as you go') checkServices(plan, seen);
  for (const { status } of Object.values(plan.state.charges)) seen.add(status);
}

/** Whatever money says, a plan is where it would be without it. */
function standsAlike(plan: RunningPlan, free: RunningPlan): void {
  const of = ({ state, last }: RunningPlan) => {
    const { chart, performed, holds, stages, leave, gates } = state;
    return {
      outcome: last.answer.outcome,
      chart,
      holds,
      stages,
      leave,
      gates: gates.length,
      performed: performed.length,
    };
  };
  const { leave: left, ...charged } = of(plan);
  const { leave: gone, ...uncharged } = of(free);
  expect(charged).toEqual(uncharged);
  expect(left?.exit).toBe(gone?.exit);
}

const COUNT = fromEnvironment('CARECHART_SEQUENCES', 2_000) / 10;

it(
  'through random sequences everything is charged once, as the plan stood on its day, and money moves nothing',
  () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const random = new Random(seed);
      const zone = random.pick(ZONES);
      const charges = random.pick(KINDS);
      const compiled = pathwayOf(charges, zone);
      const { charges: _none, ...uncharged } = compiled;
      let now = shifted('2026-02-10T15:00:00.000Z', random.between(0, 40 * DAY));
      const plan = new RunningPlan(compiled, now);
      const free = new RunningPlan(uncharged, now);
      for (let times = 0; times < 30; times += 1) {
        now = shifted(now, random.pick([0, HOUR, DAY, 6 * DAY, 20 * DAY, 45 * DAY]));
        const isLate = random.chance(0.3);
        for (const one of [plan, free])
          for (let { at } = one.state.wake; !isLate && at !== null && at <= now; { at } = one.state.wake)
            one.wake(at);
        const event = random.weighted(EVENTS)(random, { plan, free }, dayOn(now, zone));
        const sent = { ...event, id: `e-${times}` };
        plan.send(sent, now);
        free.send(sent, now);
        standsAlike(plan, free);
        check(plan, seen);
        if (!random.chance(0.3)) continue;
        plan.send(paymentOf(random, plan), now);
        check(plan, seen);
      }
    }
    if (COUNT < 100) return;
    const expected = ['asked', 'awaited', 'complimentary', 'credited', 'failed', 'paused', 'settled', 'void'];
    expect([...seen].sort()).toEqual(expected);
  },
  60_000 + 1_000 * COUNT,
);
