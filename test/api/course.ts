import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import type { Answer } from '../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { eventHash } from '../../src/store/event-hash.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { contraindication, factOf, for_, leaf, pathwayWith, stageOf, taskOf } from '../support/pathways.ts';
import { START_OF_TEST, type World } from './world.ts';

const exit = moleRemoval.exits['further-evaluation'];

/** Four cycles, a board, and an operation under general anaesthesia, with prep: every figure is an example. */
export const course: CompiledPathway = pathwayWith({
  facts: [
    factOf('tumourResponse', { kind: 'code', codes: ['partial', 'none'] }, { title: 'Response' }),
    factOf('infection', { kind: 'yes or no' }, { title: 'Infection' }),
    factOf('fitness', { kind: 'yes or no' }, { title: 'Fit to travel' }),
  ],
  rules: [
    contraindication(
      'infection',
      { all: [leaf('infection', 'equal', true)] },
      { title: 'Infection', stops: ['prep', 'procedure'] },
    ),
    contraindication(
      'unfit',
      { all: [leaf('fitness', 'equal', false)] },
      { title: 'Not fit to travel', stops: ['procedure'] },
    ),
  ],
  consultation: [taskOf('history')],
  exits: { 'further-evaluation': { ...exit, returnsTo: 'assessment' } },
  stages: [
    stageOf('cycles', {
      title: 'Four cycles',
      sessions: 4,
      missed: 'skip',
      beforeEach: [
        {
          ...taskOf('bloods', { title: 'Blood count' }),
          when: { due: { from: for_(3, 'day'), to: for_(1, 'day'), before: 'booking' } },
        },
      ],
    }),
    stageOf('surgery', {
      title: 'Breast surgery',
      anaesthesia: 'general',
      prep: [
        taskOf('clearance', { title: 'Anaesthesia visit', role: 'dermatologist', clears: 'anaesthesia' }),
        taskOf('photographs', { title: 'Photographs' }),
      ],
      recovery: [taskOf('dressing', { title: 'New dressing' })],
    }),
  ],
  course: [
    { kind: 'stage', name: 'cycles' },
    { kind: 'decision', name: 'mid-board' },
    { kind: 'stage', name: 'surgery' },
  ],
  decisions: [
    {
      decision: 'mid-board',
      title: 'Response after the cycles',
      by: {
        kind: 'board',
        roles: ['dermatologist', 'nurse', 'clinical-lead'],
        quorum: 2,
        agree: 'majority',
        tie: 'clinical-lead',
      },
      due: { to: for_(14, 'day'), after: 'asked' },
      ladder: 'standard',
      needs: ['tumourResponse'],
      outcomes: { 'go-on': [{ do: 'go' }], 'surgery-now': [{ do: 'end' }] },
    },
    {
      decision: 'both',
      title: 'Both agree?',
      by: { kind: 'roles', roles: ['dermatologist', 'patient'] },
      due: { to: for_(14, 'day'), after: 'asked' },
      ladder: 'standard',
      needs: [],
      outcomes: { yes: [{ do: 'go' }], no: [{ do: 'end' }] },
    },
  ],
});

const kept = (world: World) => {
  const plan = world.plans.get('northside/plan-1');
  if (!plan) throw new Error('plan-1 has not been started');
  return plan;
};

/** The plan as the core would have left it: here, built by hand. */
export function put(world: World, change: Partial<PlanState>): void {
  const plan = kept(world);
  plan.last = { ...plan.last, state: { ...plan.last.state, ...change } };
}

/** The answer that an event got, or will be told to have got. */
export function answered(
  world: World,
  event: { readonly id: string; readonly source: string; readonly type: string; readonly data: unknown },
  answer: Answer,
): void {
  const { sequence } = kept(world).last.state;
  kept(world).answers.set(`${event.source} ${event.id}`, { answer, sequence, hash: eventHash(event) });
}

export const wait = (more: Partial<PlanState['waits'][string]> = {}): PlanState['waits'][string] => ({
  kind: 'task',
  title: 'Something',
  owner: 'nurse',
  ladder: 'standard',
  startedAt: START_OF_TEST,
  dueAt: '2026-03-05T05:00:00.000Z',
  rung: 0,
  nextAt: '2026-03-05T05:00:00.000Z',
  generation: 1,
  ...more,
});

export const task = (more: Partial<PlanState['tasks'][string]> = {}): PlanState['tasks'][string] => ({
  title: 'Something',
  role: 'nurse',
  status: 'requested',
  belongsTo: 'cycles.ready',
  createdAt: START_OF_TEST,
  turn: { round: 1 },
  ...more,
});

export const given = (
  stage: string,
  performedOn: string,
  more: Partial<PlanState['performed'][number]> = {},
): PlanState['performed'][number] => ({
  ...{
    stage,
    procedures: [`${stage}-procedure`],
    performedOn,
    areas: [],
    reportedAt: START_OF_TEST,
    step: 1,
  },
  ...{ deviation: false, counts: true, round: 1, ...more },
});

/** The board, asked after the cycles. */
export const boardAsked = (
  votes: PlanState['questions'][string]['votes'] = [],
): PlanState['questions'][string] => ({
  decision: 'mid-board',
  title: 'Response after the cycles',
  about: '1',
  roles: ['dermatologist', 'nurse', 'clinical-lead'],
  outcomes: ['go-on', 'surgery-now'],
  askedAt: START_OF_TEST,
  askedIn: 'mid-board.decision',
  votes,
});

export const vote = (
  role: string,
  by: string,
  outcome: string,
  more: { note?: string; recordedBy?: string } = {},
) => ({
  ...{ role, by, outcome, at: START_OF_TEST },
  ...more,
});
