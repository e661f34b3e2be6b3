import { explain } from '../../src/api/explanation.ts';
import { Explanation } from '../../src/api/plan-view.schema.ts';
import { explanationText } from '../../src/cli/plan-text.ts';
import { leave } from '../support/decided.ts';
import { contraindication, factOf, leaf, stageOf, taskOf } from '../support/pathways.ts';
import type { RunningPlan } from '../support/plan.ts';
import { besideOperations, trackOf } from '../support/tracks.ts';

const rash = { all: [leaf('rash', 'equal', true)] };
const beside = (): RunningPlan =>
  besideOperations({
    facts: [factOf('rash', { kind: 'yes or no' })],
    rules: [contraindication('rash-stops-tablets', rash, { of: ['tablets'] })],
    stages: [
      stageOf('first', { recovery: [taskOf('visit')] }),
      stageOf('month-1', { traits: ['tablets'], beforeEach: [taskOf('bloods')] }),
      stageOf('light'),
    ],
    tracks: [
      trackOf('medicine', ['month-1'], { title: 'Tablets' }),
      trackOf('skin', ['light'], { title: 'Light', starts: 'by decision' }),
    ],
    exits: {
      'further-evaluation': {
        reviewEvery: { count: 7, unit: 'day' },
        closesAfter: { count: 1, unit: 'year' },
        returnsTo: 'assessment',
        tasks: [],
      },
    },
  });
const explained = ({ pathway, state }: RunningPlan): Explanation =>
  Explanation.parse(JSON.parse(JSON.stringify(explain(pathway, state, state.now))));
const gates = (plan: RunningPlan) => {
  const { gate, tracks } = explained(plan);
  return [gate, ...tracks.map((track) => track.gate)].map((one) => one && [one.stage, one.isReached]);
};

describe('the explanation of a plan with tracks', () => {
  it('tells of the gate of the main course, and of each track', () => {
    const plan = beside();
    expect(gates(plan)).toEqual([
      ['first', true],
      ['month-1', true],
      ['light', false],
    ]);
    const { gate, tracks } = explained(plan);
    expect(gate?.reasons.map(({ invariant }) => invariant)).toEqual(['S1']);
    expect(tracks[0]).toMatchObject({ track: 'medicine', phase: 'month-1.ready' });
    expect(tracks[0]?.gate?.reasons.map(({ invariant }) => invariant)).toEqual(['S1', 'S2']);
    expect(tracks[0]?.gate?.before.map(({ task }) => task)).toEqual(['month-1.ready/bloods']);
    expect(tracks[0]?.findings.map(({ rule }) => rule)).toEqual(['rash-stops-tablets']);
  });

  it('of one that has not begun says so', () => {
    const [, skin] = explained(beside()).tracks;
    expect(skin?.gate?.reasons[0]?.says).toBe('Light has not begun: it begins once that is decided.');
  });

  it('of a track says which gate it comes to once the plan returns, wherever the exit leads the main course', () => {
    const plan = beside();
    plan.report('first', '2026-03-02');
    leave(plan, 'further-evaluation');
    expect(gates(plan)).toEqual([
      ['first', false],
      ['month-1', false],
      ['light', false],
    ]);
  });

  it('of a track that goes on when the main course is over tells still', () => {
    const plan = beside();
    plan.report('first', '2026-03-02');
    plan.complete('first.recovery/visit');
    expect(gates(plan)).toEqual([undefined, ['month-1', true], ['light', false]]);
  });

  it('is read line by line', () => {
    const text = explanationText(explained(beside()), 'America/Toronto');
    const [first = '', ...others] = text.split('\n\n').filter((part) => / is in .*\./.test(part));
    expect(first).toMatch(/^plan-1 is in first\.ready\.\nStage first may not start:/);
    expect(others.map((part) => part.split('\n').slice(0, 2))).toEqual([
      ['Tablets is in month-1.ready.', 'Stage month-1 may not start:'],
      ['Light is in waiting.', 'The next gate is light (Stage light).'],
    ]);
  });
});
