import { NO_OVERLAY } from '../../../src/core/pathway/overlay.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { step } from '../../../src/core/plan/step.ts';
import { choiceOf } from '../../support/choices.ts';
import { BOARD, boardOf, book, decisionOf, GO, START } from '../../support/decided.ts';
import { CYCLE, DOSE, days } from '../../support/figures.ts';
import {
  contraindication,
  factOf,
  ladderOf,
  leaf,
  rung,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, eventOf, kinds, lead, nurse, type RunningPlan } from '../../support/plan.ts';
import { put } from '../../support/tasks.ts';
import { trackOf } from '../../support/tracks.ts';
import { planOf, versionOf, whyNot } from '../../support/versions.ts';

describe('a plan goes on by another version of its pathway', () => {
  it("is that version's from then on, and says which it was, who asked and why", () => {
    const plan = planOf();
    const { journal, state, effects } = plan.adopt(versionOf());
    expect(state.pathway).toEqual({
      id: 'mole-removal',
      version: '2.0.0',
      digest: expect.stringMatching(/^200/),
    });
    expect(state.revisions).toEqual([
      {
        number: 2,
        at: START,
        by: 'lead-1',
        roles: ['clinical-lead'],
        reason: 'a newer version is published',
        changes: [],
        before: { overlay: NO_OVERLAY, figures: {} },
        says: ['Removal of a mole 2.0.0 in the place of Removal of a mole 1.0.0'],
        pathway: { from: expect.objectContaining({ version: '1.0.0' }), to: state.pathway },
      },
    ]);
    expect(kinds(journal)).toEqual(['event.accepted', 'plan.revised']);
    expect(effects.map(({ role }) => role)).toEqual(['coordinator']);
  });

  it('goes back to the version before as well, and is one version more for it', () => {
    const plan = planOf();
    plan.adopt(versionOf());
    expect(plan.adopt(versionOf({}, '1.0.0')).state).toMatchObject({
      pathway: { version: '1.0.0' },
      revisions: [{ number: 2 }, { number: 3, pathway: { from: { version: '2.0.0' } } }],
    });
  });

  it.each([
    ['a nurse', nurse, /CC2018 .*clinical-lead/],
    [
      'the patient, though they lead here',
      actor('patient-1', 'clinical-lead'),
      /CC2018 .*the patient of this plan/,
    ],
  ])('not because %s asks for it', (_who, by, why) => {
    const plan = planOf();
    const { answer } = plan.adopt(versionOf(), START, { actor: by });
    expect(answer.outcome === 'rejected' && `${answer.code} ${answer.says}`).toMatch(why);
    expect(plan.state.revisions).toEqual([]);
  });

  it('not to one that is not published, nor under another name than its own', () => {
    const plan = planOf();
    const pathway = { id: 'mole-removal', version: '9.0.0', digest: '9'.repeat(64) };
    const event = eventOf('adoptVersion', { pathway, reason: 'new' }, { actor: lead });
    expect(plan.send(event).answer).toMatchObject({ outcome: 'rejected', code: 'CC4003' });
    const next = loadPathway(versionOf());
    const named = step(plan.pathway, plan.state, event, START, { next });
    expect(named.answer).toMatchObject({
      code: 'CC4003',
      says: 'The digest is that of mole-removal 2.0.0, not of mole-removal 9.0.0.',
    });
  });

  it.each([
    ['the one that it runs by', versionOf({}, '1.0.0'), 'The plan runs by version 1.0.0 already.'],
    [
      'one of another pathway',
      { ...versionOf(), pathway: 'scar-revision' },
      'The plan cannot go on by version 2.0.0.',
    ],
  ])('not to %s', (_which, version, says) => {
    expect(planOf().adopt(version).answer).toMatchObject({ outcome: 'refused', code: 'CC3014', says });
  });

  it('not when it is over', () => {
    const plan = planOf();
    plan.cancel();
    expect(plan.adopt(versionOf()).answer).toMatchObject({ outcome: 'refused', code: 'CC3003' });
  });
});

const DUE = rung({ when: 'due' });
const FIRST = stageOf('first', { recovery: [taskOf('visit')] });
const SECOND = stageOf('second');
const SMOKER = factOf('smoker', { kind: 'yes or no' });
const SMOKES = contraindication('smoking', { all: [leaf('smoker', 'equal', true)] });
const ASKED = decisionOf('look');

/** Stands in recovery after the first operation, with its visit to come. */
function afterFirst(plan: RunningPlan): RunningPlan {
  plan.report('first', '2026-03-02');
  return plan;
}

describe('what a plan stands on has to be there', () => {
  const rows: [string, Variation, (plan: RunningPlan) => void, Variation, string[]][] = [
    [
      'the phase that it is in',
      { stages: [{ ...FIRST, prep: [taskOf('scrub')] }, SECOND] },
      (plan) => {
        plan.consent('first-consent', '2026-03-02');
        plan.send(eventOf('startPrep', { stage: 'first' }));
      },
      { stages: [FIRST, SECOND] },
      [
        'It has no first.prep, where the plan is.',
        'It has no task first.prep/scrub, which is open: Title of scrub.',
      ],
    ],
    [
      'a stage that was done',
      { stages: [FIRST, SECOND] },
      (plan) => {
        afterFirst(plan);
        plan.finishPhase();
      },
      { stages: [SECOND] },
      ['It has no stage first.'],
    ],
    [
      'a stage that is booked',
      {},
      (plan) => void book(plan, 'second', '2026-04-01'),
      { stages: [stageOf('first')] },
      ['It has no stage second.'],
    ],
    [
      'a task that is open',
      { consultation: [taskOf('talk'), taskOf('look')] },
      () => undefined,
      { consultation: [taskOf('look')] },
      ['It has no task consultation/talk, which is open: Title of talk.'],
    ],
    [
      'a question that is open, asked of the same people',
      { decidedIn: { consultation: ['look'], assessment: [] }, decisions: [ASKED] },
      () => undefined,
      {
        decidedIn: { consultation: ['look'], assessment: [] },
        decisions: [{ ...ASKED, by: boardOf(2), outcomes: { yes: GO, later: GO } }],
      },
      [
        `Of the open question decision/look: look is asked of the ${BOARD.join(' and the ')} there.`,
        'Of the open question decision/look: look has other outcomes there.',
      ],
    ],
    [
      'the rule of a hold',
      { facts: [SMOKER], rules: [SMOKES] },
      () => undefined,
      { facts: [SMOKER], rules: [] },
      ['It has no rule smoking, which holds first/smoking.'],
    ],
    [
      'what was chosen',
      {
        choices: [
          choiceOf('way', ['cut', 'laser'], {
            table: { table: 'ways', isConfirmed: false, ifUnknown: { value: 'cut' } },
          }),
        ],
        tables: [WAYS()],
      },
      () => undefined,
      {
        choices: [choiceOf('way', ['laser'], { table: { table: 'ways', isConfirmed: false } })],
        tables: [WAYS()],
      },
      ['way cannot be cut there.'],
    ],
    [
      'a figure that was set, and may still be so',
      { figures: [CYCLE] },
      (plan) => put(plan, { figures: { cycle: { value: days(21), by: 'dermatologist-1', at: START } } }),
      {
        figures: [
          { ...CYCLE, adjust: { by: ['dermatologist'], from: days(14), to: days(20), when: 'start' } },
        ],
      },
      ['cycle cannot be 21 days there.'],
    ],
    [
      'the level that a dose is limited to',
      { figures: [DOSE] },
      (plan) =>
        put(plan, { levels: { dose: { level: 'three fifths', limit: 'four fifths', sessions: {} } } }),
      { figures: [{ ...DOSE, is: { levels: ['three fifths', 'full'], startsAt: 'full' } }] },
      ['dose has no level four fifths there.'],
    ],
    [
      'the level that a dose has come to',
      { figures: [DOSE] },
      (plan) => put(plan, { levels: { dose: { level: 'four fifths', sessions: {} } } }),
      { figures: [{ ...DOSE, is: { levels: ['half', 'full'], startsAt: 'full' } }] },
      ['dose has no level four fifths there.'],
    ],
    [
      'the ladder that somebody climbs',
      {
        consultation: [taskOf('talk', { ladder: 'night' })],
        ladders: [ladderOf([DUE]), ladderOf([DUE], undefined, 'night')],
      },
      () => undefined,
      { consultation: [taskOf('talk')], ladders: [ladderOf([DUE])] },
      ['It has no ladder night, which somebody climbs now.'],
    ],
    [
      'a track that has begun',
      { stages: [FIRST, stageOf('month')], tracks: [trackOf('tablets', ['month'])] },
      () => undefined,
      {
        stages: [FIRST, stageOf('month')],
        course: [
          { kind: 'stage', name: 'first' },
          { kind: 'stage', name: 'month' },
        ],
      },
      ['It has no track tablets.', 'month stands in another course there.'],
    ],
  ];
  function WAYS() {
    return {
      rule: 'ways',
      ruleSet: 'rules-of-the-test',
      version: '1.0.0',
      title: 'Ways',
      source: 'example',
      answers: ['cut', 'laser'],
      rows: [{ when: { all: [leaf('smoker', 'equal', true)] }, answer: 'laser' }],
    };
  }
  it.each(rows)('%s', (_what, variation, until, there, says) => {
    const plan = planOf({ facts: [SMOKER], ...variation });
    until(plan);
    const { revisions: _none, ...before } = plan.state;
    expect(whyNot(plan, versionOf({ facts: [SMOKER], ...there }))).toEqual(says);
    expect(plan.state.pathway).toEqual(before.pathway);
    expect(plan.state.revisions).toEqual([]);
  });
});
