import { readFileSync } from 'node:fs';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { ROOT } from '../server/support/program.ts';
import { refold } from '../server/support/refold.ts';
import { attributesOf, type Call, callsOf, differencesOf } from './support/differences.ts';
import type { JsonPayload } from './support/history-json.ts';
import { type HistoryEvent, type KeptName, type KeptPlan, keptNames, keptPlan } from './support/kept-plan.ts';
import { Replayer } from './support/replay.ts';
import { type Tamper, tampered } from './support/tamper.ts';

let replayer: Replayer;
beforeAll(async () => {
  replayer = await Replayer.create();
});

const names = keptNames();
const differencesIn = async (kept: KeptPlan): Promise<string[]> =>
  differencesOf(kept, await replayer.replay(kept));

describe.each(names.map((name) => [keptPlan(name).about, name]))('a kept plan in which %s', (_, name) => {
  const kept = keptPlan(name);

  test('is taken by the workflow of today through every state that it went through then', async () => {
    expect(await differencesIn(kept)).toEqual([]);
  });

  test('has the same states when its events are judged by the rules as they are read today', () => {
    const { changedMeaning } = kept;
    if (changedMeaning !== undefined) {
      expect(readFileSync(`${ROOT}/CHANGELOG.md`, 'utf8')).toContain(`★ ${changedMeaning}`);
      return;
    }
    expect(refold(loadPathway(kept.compiled), kept.steps)).toEqual(kept.steps.map(({ state }) => state));
  });
});

const STRAIGHT: KeptName = 'consultation-to-completed-gate-refused-then-opened';
const HANDED_OVER: KeptName = 'consultation-to-completed-handed-over-every-third-event';
const LATE: KeptName = 'ready-held-and-late-step-adopted-after-a-crash';
const POISONED: KeptName = 'consultation-unreadable-signals-then-cancelled';
const AWAY: KeptName = 'consultation-store-away-and-back';

describe('the kept plans show what they are kept for', () => {
  const callsIn = async (name: string): Promise<Call[]> =>
    (await replayer.replay(keptPlan(name))).flatMap(({ reports }, run) => callsOf(reports, run));
  const outcomesIn = (name: string): string[] =>
    keptPlan(name).steps.map(({ answer }) => JSON.parse(answer).outcome);
  const typesIn = (name: string): string[] => keptPlan(name).steps.map(({ event }) => JSON.parse(event).type);

  test('a gate that was refused, and opened, and a plan that came to its end', () => {
    expect(outcomesIn(STRAIGHT)).toEqual(expect.arrayContaining(['refused', 'accepted']));
    expect(JSON.parse(keptPlan(STRAIGHT).steps.at(-1)?.state ?? '{}')).toMatchObject({ status: 'completed' });
  });

  test('deadlines that passed, and a step that was found in the store when another was in hand', async () => {
    expect(typesIn(LATE).filter((type) => type === 'wake').length).toBeGreaterThanOrEqual(2);
    const adopted = (await callsIn(LATE)).filter(({ output }) => output?.isSettled === false);
    expect(
      adopted.map(({ input, output }) => [input.item.kind, output?.next?.state.wake.generation]),
    ).toEqual([['signal', 2]]);
  });

  test('steps that were tried again while the store was away', async () => {
    const calls = await callsIn(AWAY);
    expect(calls.filter(({ failed }) => failed !== undefined).length).toBeGreaterThanOrEqual(2);
    expect(new Set(outcomesIn(AWAY))).toEqual(new Set(['accepted']));
  });

  test('messages that nobody could read or believe', () => {
    expect(typesIn(POISONED).filter((type) => type === 'message.refused')).toHaveLength(4);
    expect(JSON.parse(keptPlan(POISONED).steps.at(-1)?.state ?? '{}')).toMatchObject({ chart: 'cancelled' });
  });

  test('runs that handed over with somebody still to be told', async () => {
    const replays = await replayer.replay(keptPlan(HANDED_OVER));
    const carried = replays.flatMap(({ reports }) =>
      reports.flatMap((report) =>
        report.kind === 'handed over' ? [report.input.carried.pending.length] : [],
      ),
    );
    expect(carried.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...carried)).toBeGreaterThan(0);
  });
});

interface Tampering {
  readonly what: string;
  readonly name: string;
  readonly change: (tamper: Tamper) => Promise<void> | void;
  readonly caught: readonly unknown[];
}

const resultIn = (tamper: Tamper, step: number): JsonPayload => {
  const { details } = attributesOf(tamper.events('MARKER_RECORDED')[step - 1], 'markerRecorded');
  return (details as { result: { payloads: [JsonPayload] } }).result.payloads[0];
};
const inputOf = (event: HistoryEvent | undefined, kind: string): { payloads: JsonPayload[] } =>
  attributesOf(event, kind).input as { payloads: JsonPayload[] };
const dayLater = (at: string): string => new Date(Date.parse(at) + 86_400_000).toISOString();
const stopped = expect.stringMatching(/^run 1: Temporal stopped it: DeterminismViolationError/);

const TAMPERINGS: readonly Tampering[] = [
  {
    what: 'a consent that a state never had',
    name: STRAIGHT,
    change: (tamper) =>
      tamper.rewrite(resultIn(tamper, 3), (text) =>
        text.replace('"consents":[]', '"consents":[{"form":"x"}]'),
      ),
    caught: ['step 3: another state'],
  },
  {
    what: 'a deadline put off in a state',
    name: LATE,
    change: (tamper) =>
      tamper.rewrite(resultIn(tamper, 1), (text) =>
        text.replace(/(?<="wake":\{"generation":0,"at":")[^"]+/, dayLater),
      ),
    caught: [stopped, 'step 1: another state'],
  },
  {
    what: 'a timer of another length',
    name: STRAIGHT,
    change: (tamper) => {
      const timer = attributesOf(tamper.events('TIMER_STARTED')[0], 'timerStarted');
      timer.startToFireTimeout = '60s';
    },
    caught: [expect.stringMatching(/^run 1: timer \d+ of another length$/)],
  },
  {
    what: 'a message to the patient struck out of a step',
    name: STRAIGHT,
    change: (tamper) =>
      tamper.rewrite(resultIn(tamper, 3), (text) =>
        text.replace(/"effects":\[.*\],"bytes"/, '"effects":[],"bytes"'),
      ),
    caught: [stopped, 'step 3: another effects'],
  },
  {
    what: 'a message to the patient reworded on its way',
    name: STRAIGHT,
    change: (tamper) => {
      const [, effect] = inputOf(
        tamper.events('ACTIVITY_TASK_SCHEDULED')[0],
        'activityTaskScheduled',
      ).payloads;
      return effect && tamper.rewrite(effect, (text) => text.replace('Please supply', 'Please forget'));
    },
    caught: [expect.stringMatching(/^run 1: effect \d+ is another$/)],
  },
  {
    what: 'the journal’s head changed',
    name: STRAIGHT,
    change: (tamper) => tamper.rewrite(resultIn(tamper, 4), (text) => text.replace(/"head":"./, '"head":"x')),
    caught: ['step 4: another head'],
  },
  {
    what: 'two events that came in another order',
    name: STRAIGHT,
    change: (tamper) => {
      const [, first, second] = tamper.events('WORKFLOW_EXECUTION_SIGNALED');
      const [one, two] = [first, second].map((event) => inputOf(event, 'workflowExecutionSignaled'));
      if (one && two) [one.payloads, two.payloads] = [two.payloads, one.payloads];
    },
    caught: ['step 3: another event in hand', 'step 4: another event in hand'],
  },
  {
    what: 'an event that never came',
    name: STRAIGHT,
    change: (tamper) => {
      const event = tamper.events('WORKFLOW_EXECUTION_SIGNALED')[2];
      if (event) tamper.remove(event);
    },
    caught: [stopped],
  },
  {
    what: 'a step that was never taken',
    name: STRAIGHT,
    change: (tamper) => {
      const event = tamper.events('MARKER_RECORDED')[2];
      if (event) tamper.remove(event);
    },
    caught: [stopped],
  },
  {
    what: 'a timer that was never set',
    name: LATE,
    change: (tamper) => {
      const event = tamper.events('TIMER_STARTED')[0];
      if (event) tamper.remove(event);
    },
    caught: [stopped],
  },
  {
    what: 'another plan given to the next run',
    name: HANDED_OVER,
    change: (tamper) => {
      const [carried] = inputOf(
        tamper.events('WORKFLOW_EXECUTION_STARTED', 1)[0],
        'workflowExecutionStarted',
      ).payloads;
      return carried && tamper.rewrite(carried, (text) => text.replace('"escalation":0', '"escalation":3'));
    },
    caught: [
      expect.stringMatching(/^call \d+: another state than the last$/),
      'run 1: it hands over another plan than the next run begins with',
    ],
  },
];

test.each(TAMPERINGS)('a history with $what does not pass', async ({ name, change, caught }) => {
  const differences = await differencesIn(await tampered(keptPlan(name), change));
  expect(differences).toEqual(expect.arrayContaining([...caught]));
});
