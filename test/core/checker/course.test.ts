import { checkFlow } from '../../../src/core/checker/check-flow.ts';
import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { choiceOf, only, TWO_WAYS } from '../../support/choices.ts';
import { decisionOf, exitTo, GO, twoStages } from '../../support/decided.ts';
import { for_, stageOf, type Variation } from '../../support/pathways.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

const looked = (variation: Variation) => checkFlow(loadPathway(twoStages(variation)));
const found = (variation: Variation) =>
  looked(variation).findings.map(({ code, at }) => `${code} ${at.kind} ${at.name}`);

const back: Action = [{ do: 'to', stage: 'first' }];
const LOOK = 'decision look';

/** A decision after two stages, which leads here. */
const afterBoth = (outcomes: Record<string, Action>): Variation => ({
  course: itemsOf('first', 'second', LOOK),
  decisions: [decisionOf('look', { outcomes })],
});

describe('the checker walks a course in all its states', () => {
  it('finds a patient who is treated without end, and says how', () => {
    const { findings } = looked(afterBoth({ enough: GO, more: back }));
    expect(findings).toMatchObject([
      {
        code: 'CC1202',
        severity: 'error',
        example: expect.arrayContaining(['first is done', 'second is done', 'look: more']),
      },
    ]);
  });

  it.each<[string, Record<string, Action>, string[]]>([
    ['a number', { enough: GO, more: [{ do: 'to', stage: 'first', atMost: 3 }, ...GO] }, []],
    [
      'no way on beside the one that has a number',
      { more: [{ do: 'to', stage: 'first', atMost: 3 }, ...GO] },
      [],
    ],
    ['a way out alone', { no: exitTo('referral') }, ['CC1201 pathway mole-removal']],
    ['a question without an end', { ask: [{ do: 'ask', role: 'nurse' }] }, ['CC1201 decision look']],
  ])('a decision at the end of the course with %s', (_what, outcomes, expected) => {
    expect(found(afterBoth(outcomes))).toEqual(expected);
  });

  it('says on which way a plan comes to where it is stuck', () => {
    const { findings } = looked(afterBoth({ ask: [{ do: 'ask', role: 'nurse' }] }));
    expect(findings[0]?.example).toEqual([
      'consultation is done',
      'assessment is done',
      'the gate of first opens',
      'first is done',
      'first.closure is done',
      'first.recovery is done',
      'the gate of second opens',
      'second is done',
      'second.closure is done',
      'second.recovery is done',
    ]);
  });

  it('counts waits exactly: what follows on the third time is come to', () => {
    const outcomes = {
      later: [{ do: 'wait', for: for_(7, 'day'), atMost: 2 }, ...exitTo('postponement')],
      go: GO,
    };
    expect(found(afterBoth(outcomes as Record<string, Action>))).toEqual([]);
  });

  it('walks each way of choosing by itself', () => {
    const { findings, explored } = looked(TWO_WAYS);
    expect(findings).toEqual([]);
    expect(explored).toEqual(['course: 24 states, 22 transitions, in 2 ways of choosing']);
  });

  it.each([
    ['implant', []],
    ['flap', ['CC1200 session second-implant']],
  ])('a session that is for implants, of a stage that is for the %s', (value, expected) => {
    const session = (name: string, more = {}) => ({
      kind: 'session' as const,
      session: name,
      title: name,
      procedures: ['implant-procedure'],
      traits: [],
      ...more,
    });
    const list = [session('one'), session('second-implant', { onlyFor: only('option', 'implant') })];
    const stages = [stageOf('first', { onlyFor: only('option', value), list }), stageOf('second')];
    expect(found({ choices: [choiceOf('option', ['implant', 'flap'])], stages })).toEqual(expected);
  });

  it('walks a track by itself, and finds there what it would find in the course', () => {
    const tracks = [trackOf('tablets', ['month', LOOK])];
    const stages = [stageOf('first'), stageOf('second'), stageOf('month')];
    const wrong = decisionOf('look', { outcomes: { ask: [{ do: 'ask', role: 'nurse' }] } });
    expect(found({ tracks, stages, decisions: [decisionOf('look')] })).toEqual([]);
    expect(found({ tracks, stages, decisions: [wrong] })).toEqual(['CC1201 decision look']);
  });

  it('finds a decision that is only asked where nobody comes', () => {
    const decisions = [
      decisionOf('look', { outcomes: { away: exitTo('referral') } }),
      decisionOf('result', { outcomes: { on: GO, ask: [{ do: 'decide', decision: 'named' }] } }),
      decisionOf('named'),
    ];
    const stages = [stageOf('first'), stageOf('second', { reassess: 'result' })];
    expect(found({ stages, decisions, course: itemsOf('first', LOOK, 'second') })).toEqual([
      'CC1200 stage second',
      'CC1200 decision named',
    ]);
  });

  it('leaves alone what a review may lead to from anywhere', () => {
    const decisions = [
      decisionOf('look', { outcomes: { away: exitTo('referral'), over: [{ do: 'end' }] } }),
      decisionOf('monthly', {
        outcomes: { on: GO, operate: [{ do: 'to', stage: 'second', atMost: 1 }, ...GO] },
      }),
    ];
    const reviews = [{ review: 'monthly', every: for_(1, 'month') }];
    expect(found({ decisions, reviews, course: itemsOf('first', LOOK, 'second') })).toEqual([]);
  });

  it('shortens long series only where there are too many states, and says so', () => {
    const outcomes = { more: [{ do: 'again', atMost: 40 }, ...GO], enough: GO };
    const stages = [
      stageOf('first', { sessions: 30, reassess: 'look', untilWhen: undefined }),
      stageOf('second'),
    ];
    const decisions = [decisionOf('look', { outcomes: outcomes as Record<string, Action> })];
    const { findings, explored } = looked({ stages, decisions });
    expect(findings).toEqual([]);
    expect(explored).toEqual([expect.stringMatching(/too many, so a long series is walked as one of three/)]);
    expect(looked({ stages: [stageOf('first', { sessions: 30 })] }).explored).toEqual([
      'course: 65 states, 64 transitions',
    ]);
  });
});
