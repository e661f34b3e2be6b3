import type { SentEvent } from '../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { compileFolder } from '../../src/engine/content.ts';
import { planQuery } from '../../workflows/messages.ts';
import { callsOf, differencesOf } from '../replay/support/differences.ts';
import type { KeptPlan } from '../replay/support/kept-plan.ts';
import { type Replay, Replayer } from '../replay/support/replay.ts';
import { ROOT } from './support/program.ts';
import { refold } from './support/refold.ts';
import { SkippingSystem } from './support/skipping-system.ts';

/** A Monday and, a year later, a Tuesday, at ten o’clock in New York. */
const START = '2032-03-01T15:00:00.000Z';
const END = '2033-03-01T15:00:00.000Z';
/** In between, clocks go forward and back, and the clinic closes on some working days. */
const SUMMER = { from: '2032-03-14', until: '2032-11-07' };
const CLOSED = ['2032-05-31', '2032-07-05', '2032-11-25', '2032-12-24', '2033-01-17'];

const DAY_MS = 86_400_000;
const LIMIT_DAYS = 30;
/** What a busy machine may need for what comes due at one moment. */
const SOON_MS = 60_000;

const moleRemoval = compileFolder(ROOT).find(({ pathway }) => pathway === 'mole-removal');
const pathwayDue = (pathway: string, days: number): CompiledPathway => {
  if (!moleRemoval) throw new Error('the clinic has no pathway');
  const { clinic, consultation } = moleRemoval;
  return {
    ...moleRemoval,
    pathway,
    clinic: { ...clinic, calendars: clinic.calendars.map((calendar) => ({ ...calendar, closed: CLOSED })) },
    consultation: consultation.map((task) => ({
      ...task,
      when: { due: { to: { count: days, unit: 'day' }, after: 'plan start' } },
    })),
  };
};

interface LeftAlone {
  readonly planId: string;
  readonly compiled: CompiledPathway;
  /** The last day on which the history taken would not be late. */
  readonly dueOn: string;
}
const PLANS: readonly LeftAlone[] = [
  { planId: 'due-in-a-week', compiled: pathwayDue('mole-removal', 7), dueOn: '2032-03-08' },
  { planId: 'due-in-half-a-year', compiled: pathwayDue('mole-removal-later', 200), dueOn: '2032-09-17' },
];

jest.setTimeout(300_000);

let system: SkippingSystem;
let replayer: Replayer;
beforeAll(async () => {
  replayer = await Replayer.create();
  system = await SkippingSystem.start({ events: 500, days: LIMIT_DAYS });
  await system.skipTo(START);
  await system.startWorker();
  for (const { planId, compiled } of PLANS) {
    expect(await system.startPlan(planId, compiled)).toMatchObject({ phase: 'consultation' });
  }
  await system.skipTo(END);
});
afterAll(() => system?.stop());

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const isWorkingDay = (day: string): boolean =>
  ![0, 6].includes(new Date(day).getUTCDay()) && !CLOSED.includes(day);

function workingDayFrom(day: string, count: number): string {
  let at = day;
  for (let left = Math.abs(count); left > 0; left -= isWorkingDay(at) ? 1 : 0)
    at = dayAfter(at, Math.sign(count));
  return at;
}

/** An hour of the day in New York, in UTC. */
function atHour(day: string, hour: number): string {
  const behind = day >= SUMMER.from && day < SUMMER.until ? 4 : 5;
  return `${day}T${String(hour + behind).padStart(2, '0')}:00:00.000Z`;
}

interface Rung {
  readonly at: string;
  readonly role: string;
  readonly level: number;
}

/** The ladder of rules/clinic.yaml, counted on the fingers. */
function rungsOf(dueOn: string): Rung[] {
  const rungs: Rung[] = [
    { at: atHour(workingDayFrom(dueOn, -1), 8), role: 'dermatologist', level: 0 },
    { at: atHour(workingDayFrom(dueOn, 2), 18), role: 'coordinator', level: 0 },
  ];
  for (let day = workingDayFrom(dueOn, 5); atHour(day, 18) < END; day = workingDayFrom(day, 5)) {
    rungs.push({ at: atHour(day, 18), role: 'clinical-lead', level: 1 });
  }
  return rungs;
}

test.each([
  ['the first warning, on the working day before it is due', 0, '2032-03-05T13:00:00.000Z'],
  ['two working days late, in winter time', 1, '2032-03-10T23:00:00.000Z'],
  ['five working days late, in summer time', 2, '2032-03-15T22:00:00.000Z'],
  ['the last one before the clinic closes for a day', 12, '2032-05-24T22:00:00.000Z'],
  ['the first one after that day', 13, '2032-06-01T22:00:00.000Z'],
  ['the first one in winter time again', 36, '2032-11-10T23:00:00.000Z'],
])('the fingers count right: %s', (_, rung, at) => {
  expect(rungsOf('2032-03-08')[rung]?.at).toBe(at);
});

describe.each(PLANS)('a plan $planId that nobody looks after for a year', ({ planId, compiled, dueOn }) => {
  test('calls out at every rung of its ladder, on the clinic’s calendar, and does not grow silent', async () => {
    const told = await system.messagesOf(planId);
    const rungs = rungsOf(dueOn);
    expect(told.map(({ role, level }) => ({ role, level }))).toEqual(
      rungs.map(({ role, level }) => ({ role, level })),
    );
    const late = told.map(({ told_at }, index) => Date.parse(told_at) - Date.parse(rungs[index]?.at ?? ''));
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(SOON_MS);
  });

  test('is woken for its rungs, and for nothing else', async () => {
    const [, ...steps] = await system.stepsOf(planId);
    expect(steps.map(({ source }) => source)).toEqual(rungsOf(dueOn).map(() => 'carechart:timer'));
  });

  test('is handed over to a new run every thirty days, whether or not anything happens', async () => {
    const runs = await system.runsOf(planId);
    const lasted = runs.map(({ events }) => {
      const [first, last] = [events[0], events.at(-1)];
      return (Date.parse(last?.eventTime ?? '') - Date.parse(first?.eventTime ?? '')) / DAY_MS;
    });
    expect(Math.max(...lasted)).toBeLessThan(LIMIT_DAYS + SOON_MS / DAY_MS);
    expect(runs).toHaveLength(13);
  });

  test('is the same to its store, its workflow, its histories and its rules', async () => {
    const steps = await system.stepsOf(planId);
    const held = await system.handleOf(planId).query(planQuery);
    expect(JSON.stringify(held.state)).toBe(steps.at(-1)?.state);
    expect(held).toMatchObject({ head: steps.at(-1)?.head, inbox: 0, pendingEffects: 0 });
    expect(refold(loadPathway(compiled), steps)).toEqual(steps.map(({ state }) => state));
    const { kept, replays } = await replayed(planId, compiled);
    expect(await differencesOf(kept, replays)).toEqual([]);
  });

  test('takes every step at the time that its workflow has, within seconds', async () => {
    const { kept, replays } = await replayed(planId, compiled);
    const steps = replays.flatMap(({ reports }, run) =>
      callsOf(reports, run).map(({ output }, index) => ({
        now: output?.next?.state.now ?? '',
        workflowTime: taskStartsOf(kept, run)[index] ?? '',
      })),
    );
    expect(steps.map(({ now }) => now)).toEqual(kept.steps.map(({ now }) => new Date(now).toISOString()));
    const apart = steps.map(({ now, workflowTime }) => Date.parse(now) - Date.parse(workflowTime));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...apart)).toBeLessThan(5_000);
  });
});

async function replayed(
  planId: string,
  compiled: CompiledPathway,
): Promise<{ kept: KeptPlan; replays: readonly Replay[] }> {
  const kept: KeptPlan = {
    about: planId,
    workflowId: `plan/northside/${planId}`,
    compiled,
    steps: await system.stepsOf(planId),
    runs: await system.runsOf(planId),
  };
  return { kept, replays: await replayer.replay(kept) };
}

/** When the workflow task began in which each step was taken: the time that the workflow has. */
function taskStartsOf({ runs }: KeptPlan, run: number): string[] {
  let startedAt = '';
  return (runs[run]?.events ?? []).flatMap(({ eventType, eventTime }) => {
    if (eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED') startedAt = eventTime;
    return eventType === 'EVENT_TYPE_MARKER_RECORDED' ? [startedAt] : [];
  });
}

test('after that year, the plan is looked after and comes to its end like any other', async () => {
  const planId = 'due-in-a-week';
  const event = (id: string, sent: object) => ({ id, source: 'test', ...sent }) as SentEvent;
  const today = END.slice(0, 10);
  const observations = [{ fact: 'bloodThinner', value: 'never' }];
  const consent = { form: 'mole-excision-consent', by: 'patient', signedOn: today };
  for (const [sent, phase] of [
    [{ type: 'task.completed', data: { task: 'consultation/history' } }, 'excision.ready'],
    [{ type: 'observation.recorded', data: { observations } }, 'excision.ready'],
    [{ type: 'consent.recorded', data: consent }, 'excision.ready'],
    [{ type: 'startProcedure', data: { stage: 'excision' } }, 'excision.procedure'],
    [{ type: 'procedure.performed', data: { stage: 'excision', performedOn: today } }, 'excision.recovery'],
    [{ type: 'task.completed', data: { task: 'excision.recovery/stitches' } }, 'completed'],
  ] as const) {
    const answer = await system.send(planId, event(`${sent.type}-${phase}`, sent));
    expect(answer).toMatchObject({ outcome: 'accepted', phase });
  }
  await system.handleOf(planId).result();
  expect((await system.handleOf(planId).describe()).status.name).toBe('COMPLETED');
});
