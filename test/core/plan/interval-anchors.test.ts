import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { atStage, for_, intervalOf, taskOf } from '../../support/pathways.ts';
import {
  answersOf,
  findingsOf,
  ONE_STAGE,
  on,
  perform,
  planOf,
  reasonsOf,
  STAGES,
  spacing,
  tell,
} from '../../support/staged.ts';

describe('what was done before the plan', () => {
  const afterSurgery = spacing({ area: 'any' }, 'end of surgery');
  const alone = { stages: ONE_STAGE, from: '2026-03-02' };

  it('is unknown until somebody attests the history, and unknown opens nothing', () => {
    const plan = planOf([afterSurgery], alone);
    plan.consent('exchange-consent', '2026-03-02');
    const [reason] = reasonsOf(plan, 'exchange', on('2026-03-02'));
    expect(reason).toMatchObject({
      invariant: 'S3',
      interval: { result: 'unknown' },
      says: 'Title of expander-to-implant cannot be counted from end of surgery: nobody has attested that the plan knows all that was done before.',
      clears: [[{ kind: 'event', type: 'history.recorded', needs: 'isComplete: true', role: 'coordinator' }]],
    });
    expect(reason?.interval).not.toHaveProperty('anchor');
  });

  it('is asked of the task that takes the history, while that is open, and then of its role', () => {
    const plan = planOf([afterSurgery], {
      ...alone,
      consultation: [taskOf('history', { role: 'dermatologist' }), taskOf('photographs')],
    });
    expect(findingsOf(plan, on('2026-03-02'))[0]?.clears).toEqual([
      [{ kind: 'event', type: 'task.completed', needs: 'consultation/history', role: 'dermatologist' }],
    ]);
  });

  it('counts as nothing once the task called history is done', () => {
    const plan = planOf([afterSurgery], { ...alone, consultation: [taskOf('history')] });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['unknown']);
    plan.complete('consultation/history', on('2026-03-03'));
    expect(plan.state.historyKnownAt).toBe(on('2026-03-03'));
    expect(answersOf(plan, on('2026-03-03'))).toEqual(['open']);
  });

  it('counts as nothing once somebody says that there was nothing else', () => {
    const plan = planOf([afterSurgery], alone);
    tell(plan, [], { isComplete: false });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['unknown']);
    tell(plan, [], { isComplete: true, now: on('2026-03-04') });
    expect(plan.state.historyKnownAt).toBe(on('2026-03-04'));
    expect(answersOf(plan, on('2026-03-04'))).toEqual(['open']);
  });

  it('is attested from the first time that it was said, and by the time at which it was', () => {
    const plan = planOf([afterSurgery], alone);
    tell(plan, [], { isComplete: true, now: on('2026-03-04'), time: on('2026-03-03') });
    expect(plan.state.historyKnownAt).toBe(on('2026-03-03'));
    tell(plan, [], { isComplete: true, now: on('2026-03-09') });
    expect(plan.state.historyKnownAt).toBe(on('2026-03-03'));
    tell(plan, [], { isComplete: true, now: on('2026-03-09'), time: on('2026-03-02') });
    expect(plan.state.historyKnownAt).toBe(on('2026-03-02'));
  });

  it('anchors intervals by procedure and by trait, attested or not', () => {
    for (const from of ['end of surgery', 'end of implant-elsewhere']) {
      const plan = planOf([spacing({}, from)], alone);
      tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-02-01', endedOn: '2026-02-03' }]);
      expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([
        { result: 'too early', anchor: '2026-02-03', earliest: '2026-05-03' },
      ]);
    }
  });

  it('of another procedure anchors nothing', () => {
    const plan = planOf([afterSurgery], alone);
    tell(plan, [{ procedure: 'radiotherapy', performedOn: '2026-02-01' }], { isComplete: true });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
  });

  it('told twice is kept once', () => {
    const plan = planOf([afterSurgery], alone);
    const told = { procedure: 'implant-elsewhere', performedOn: '2026-02-01' };
    tell(plan, [told, told]);
    tell(plan, [told, { ...told, area: 'left breast' }]);
    expect(plan.state.past).toEqual([told, { ...told, area: 'left breast' }]);
  });

  it.each([
    ['a procedure that nobody here knows', { procedure: 'implnt', performedOn: '2026-02-01' }, 'CC2026'],
    ['a site that is none', { procedure: 'radiotherapy', performedOn: '2026-02-01', area: 'moon' }, 'CC2025'],
    ['a day ahead', { procedure: 'radiotherapy', performedOn: '2026-03-04' }, 'CC2014'],
    [
      'an end before its beginning',
      { procedure: 'radiotherapy', performedOn: '2026-02-01', endedOn: '2026-01-31' },
      'CC2014',
    ],
  ])('of %s is not taken', (_name, told, code) => {
    const plan = planOf([afterSurgery], alone);
    expect(tell(plan, [told]).answer).toMatchObject({ outcome: 'rejected', code });
    expect(plan.state.past).toEqual([]);
  });

  it('in stages of the plan needs no attestation: what was not done there was not done', () => {
    const own = intervalOf('own', atStage('end of expander'), 'implant-exchange', {
      minimum: for_(3, 'month'),
    });
    const plan = planOf([own], { from: '2026-03-02', stages: [...STAGES].reverse() });
    expect(plan.state.chart).toBe('exchange.ready');
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
    plan.report('expander', '2026-03-02');
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['too early']);
  });

  it('of a stage is not what was done elsewhere under the same name', () => {
    const own = intervalOf('own', atStage('end of expander'), 'implant-exchange', {
      minimum: for_(3, 'month'),
    });
    const plan = planOf([own], { ...alone, stages: [...STAGES].reverse() });
    tell(plan, [{ procedure: 'expander-placement', performedOn: '2026-02-01' }]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['open']);
  });
});

describe('of several that were done', () => {
  const told = ['2025-12-01', '2026-01-01', '2026-02-01'].map((performedOn) => ({
    procedure: 'implant-elsewhere',
    performedOn,
  }));

  it.each<[Interval['counts'], string, string, string, string]>([
    ['last', '2026-02-01', '2026-05-01', '2026-06-01', '2026-08-01'],
    ['first', '2025-12-01', '2026-03-01', '2026-04-01', '2026-06-01'],
    ['every', '2026-02-01', '2026-05-01', '2026-06-01', '2026-06-01'],
  ])('%s counts', (counts, anchor, earliest, from, latest) => {
    const one = spacing(
      {
        counts,
        recommended: { from: for_(4, 'month'), to: for_(5, 'month') },
        latest: for_(6, 'month'),
        ifLate: { ask: 'dermatologist' },
      },
      'end of surgery',
    );
    const plan = planOf([one], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, told.toReversed());
    expect(findingsOf(plan, on('2026-02-28'))).toMatchObject([
      { result: 'too early', anchor, earliest, latest, recommended: { from } },
    ]);
  });

  it('the last one in the plan counts when a stage is done again', () => {
    const again = spacing({ minimum: for_(1, 'month') }, 'end of implant-exchange');
    const plan = planOf([again], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [], { isComplete: true });
    perform(plan, 'exchange', '2026-03-02');
    expect(answersOf(plan, on('2026-04-01'))).toEqual(['too early']);
    expect(answersOf(plan, on('2026-04-02'))).toEqual(['open']);
  });
});
