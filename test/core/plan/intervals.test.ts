import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { decideIntervals, windowOf } from '../../../src/core/plan/intervals.ts';
import type { Reason } from '../../../src/core/plan/outcome.schema.ts';
import { atEdge, atFact, atStage, for_, intervalOf, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import {
  afterExpander,
  BY_AREA,
  ONE_STAGE,
  on,
  perform,
  planOf,
  STAGES,
  tell,
} from '../../support/staged.ts';

const spacing = (more: Partial<Interval> = {}, from = 'end of expander-placement'): Interval =>
  intervalOf('expander-to-implant', atEdge(from), 'implant-exchange', { minimum: for_(3, 'month'), ...more });

const reasonsOf = (plan: RunningPlan, stage: string, now: string): readonly Reason[] => {
  const answer = plan.start(stage, now);
  return answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons;
};
const findingsOf = (plan: RunningPlan, now: string, stageName = 'exchange') => {
  const stage = plan.pathway.stage(stageName);
  if (!stage) throw new Error('no stage');
  return decideIntervals(plan.pathway, plan.state, stage, now);
};
const windowAt = (plan: RunningPlan, now: string, stageName = 'exchange') => {
  const stage = plan.pathway.stage(stageName);
  if (!stage) throw new Error('no stage');
  return windowOf(plan.pathway, plan.state, stage, now);
};
const answersOf = (plan: RunningPlan, now: string): string[] =>
  findingsOf(plan, now).map(({ result, area }) => (area === undefined ? result : `${area} ${result}`));

describe('S3: a minimum', () => {
  it.each([
    ['the day before', '2026-06-01', true],
    ['the last instant of the day before', '2026-06-02T03:59:59.999Z', true],
    ['the first instant of the day itself', '2026-06-02T04:00:00.000Z', false],
    ['the day itself', '2026-06-02', false],
    ['the day after', '2026-06-03', false],
  ])('of three months from 2 March, on %s', (_name, when, isRefused) => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const now = when.includes('T') ? when : on(when);
    expect(reasonsOf(plan, 'exchange', now).length > 0).toBe(isRefused);
    expect(plan.state.chart).toBe(isRefused ? 'exchange.ready' : 'exchange.procedure');
  });

  it('that is breached says which, from which day, and from when on it may be', () => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const [reason, ...others] = reasonsOf(plan, 'exchange', on('2026-05-01'));
    expect(others).toEqual([]);
    expect(reason).toMatchObject({
      invariant: 'S3',
      says: 'Title of expander-to-implant: counted from end of expander-placement on 2026-03-02, it may be from 2026-06-02 on.',
      clears: [[{ kind: 'date', on: '2026-06-02' }]],
      interval: { result: 'too early', anchor: '2026-03-02', earliest: '2026-06-02', evidence: [] },
    });
  });

  it.each([
    ['2026-11-30', '2027-02-28', '2027-03-01'],
    ['2027-11-30', '2028-02-29', '2028-03-01'],
    ['2026-12-31', '2027-03-30', '2027-03-31'],
  ])('from %s is not over on %s and is on %s: months roll forward', (from, before, after) => {
    expect(reasonsOf(afterExpander([spacing()], from), 'exchange', on(before))).toHaveLength(1);
    expect(reasonsOf(afterExpander([spacing()], from), 'exchange', on(after))).toEqual([]);
  });

  it.each([
    ['America/New_York', '2026-03-15T03:59:59.999Z', '2026-03-15T04:00:00.000Z'],
    ['Europe/Berlin', '2026-03-14T22:59:59.999Z', '2026-03-14T23:00:00.000Z'],
    ['Pacific/Auckland', '2026-03-14T10:59:59.999Z', '2026-03-14T11:00:00.000Z'],
  ])('is counted in days of the clinic, over a clock change too: %s', (zone, before, after) => {
    const week = spacing({ minimum: for_(2, 'week') });
    const make = () => afterExpander([week], '2026-03-01', { zone, from: '2026-02-01' });
    expect(reasonsOf(make(), 'exchange', before)).toHaveLength(1);
    expect(reasonsOf(make(), 'exchange', after)).toEqual([]);
  });

  it('cannot be shortened by grace, nor by anybody: a request is never excused', () => {
    const plan = afterExpander([spacing({ grace: for_(4, 'day') })], '2026-03-02');
    expect(reasonsOf(plan, 'exchange', on('2026-06-01'))).toHaveLength(1);
  });

  it.each([
    [true, '2026-03-02', 'open'],
    [true, '2026-03-03', 'too early'],
    [false, '2026-03-02', 'too early'],
  ])('where both on one day are fine is %s: on %s it is %s', (sameDay, day, result) => {
    const plan = afterExpander([spacing({ sameDay })], '2026-03-02');
    expect(answersOf(plan, on(day))).toEqual([result]);
  });

  it('counts from the first or the last day of what took several', () => {
    for (const [edge, earliest] of [
      ['start of expander-placement', '2026-06-02'],
      ['end of expander-placement', '2026-06-05'],
    ] as const) {
      const plan = planOf([spacing({}, edge)], { from: '2026-03-01' });
      const data = { stage: 'expander', performedOn: '2026-03-02', endedOn: '2026-03-05' };
      plan.send(eventOf('procedure.performed', data), on('2026-03-06'));
      expect(plan.state.performed[0]).toMatchObject({ endedOn: '2026-03-05' });
      expect(findingsOf(plan, on('2026-03-06'))[0]?.earliest).toBe(earliest);
    }
  });

  it('bears on a stage by its procedure, by a trait, or by the stage itself, and on no other', () => {
    const to = (target: Interval['to']) => spacing({ to: target });
    const bears = (one: Interval, stage: string) => findingsOf(planOf([one]), on('2026-04-01'), stage).length;
    expect(bears(to({ kind: 'procedure', of: 'surgery' }), 'exchange')).toBe(1);
    expect(bears(to({ kind: 'procedure', of: 'surgery' }), 'expander')).toBe(1);
    expect(bears(to({ kind: 'stage', stage: 'exchange' }), 'exchange')).toBe(1);
    expect(bears(to({ kind: 'stage', stage: 'exchange' }), 'expander')).toBe(0);
    expect(bears(to({ kind: 'procedure', of: 'flap' }), 'exchange')).toBe(0);
  });

  it('of a pathway without intervals asks nothing', () => {
    const plan = afterExpander([], '2026-03-02');
    expect(findingsOf(plan, on('2026-03-02'))).toEqual([]);
    expect(windowAt(plan, on('2026-03-02'))).toEqual({
      binding: { earliest: [], recommended: [], latest: [] },
      unknown: [],
      findings: [],
    });
    expect(reasonsOf(plan, 'exchange', on('2026-03-02'))).toEqual([]);
  });
});

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

describe('the same area', () => {
  const same = spacing({ area: 'same' }, 'end of surgery');
  const both = { stages: ONE_STAGE, from: '2026-03-02', sites: ['left breast', 'right breast'] };

  it.each([
    ['left breast', ['left breast too early', 'right breast open']],
    ['right breast', ['left breast open', 'right breast too early']],
    ['breast', ['left breast too early', 'right breast too early']],
    [undefined, ['left breast too early', 'right breast too early']],
    ['abdomen', ['left breast open', 'right breast open']],
  ])('%s binds only where it is the site, a part or the whole of it', (area, answers) => {
    const plan = planOf([same], both);
    const told = { procedure: 'implant-elsewhere', performedOn: '2026-02-01' };
    tell(plan, [area === undefined ? told : { ...told, area }], { isComplete: true });
    expect(answersOf(plan, on('2026-03-02'))).toEqual(answers);
  });

  it('is unknown for the site of which nothing is known, until the history is attested', () => {
    const plan = planOf([same], both);
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-02-01', area: 'left breast' }]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['left breast too early', 'right breast unknown']);
  });

  it('names its site in each reason', () => {
    const plan = planOf([same], both);
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-02-01' }]);
    plan.consent('exchange-consent', '2026-03-02');
    expect(reasonsOf(plan, 'exchange', on('2026-03-02')).map(({ says }) => says)).toEqual([
      'Title of expander-to-implant, left breast: counted from end of surgery on 2026-02-01, it may be from 2026-05-01 on.',
      'Title of expander-to-implant, right breast: counted from end of surgery on 2026-02-01, it may be from 2026-05-01 on.',
    ]);
  });

  it('of a part of the face binds the whole of it, and not another part', () => {
    const stage = stageOf('laser', { in: 'treatment', procedure: 'laser' });
    const face = intervalOf('after-lift', atEdge('end of lift'), 'laser', {
      area: 'same',
      minimum: for_(6, 'month'),
    });
    const at = (sites: string[]) => {
      const plan = planOf([face], {
        stages: [stage],
        sites,
        parts: [{ area: 'face', sides: [], parts: ['nose', 'upper face'] }],
        areas: { treatment: { choose: 'any', sites: ['face', 'nose', 'upper face'] } },
        procedures: { lift: [] },
        from: '2026-03-02',
      });
      tell(plan, [{ procedure: 'lift', performedOn: '2026-02-01', area: 'nose' }], { isComplete: true });
      return findingsOf(plan, on('2026-03-02'), 'laser').map(({ result }) => result);
    };
    expect(at(['nose'])).toEqual(['too early']);
    expect(at(['face'])).toEqual(['too early']);
    expect(at(['upper face'])).toEqual(['open']);
  });

  it('of a report is where the plan does that stage', () => {
    const plan = afterExpander([same], '2026-03-02', { sites: ['right breast'] });
    expect(plan.state.performed[0]?.areas).toEqual(['right breast']);
    expect(answersOf(plan, on('2026-03-03'))).toEqual(['right breast too early']);
  });

  it('of a report is the donor site as well', () => {
    const flap = [stageOf('flap', { in: 'treatment', andIn: 'donor' })];
    const plan = planOf([], {
      stages: flap,
      areas: {
        treatment: { choose: 'all', sites: ['left breast'] },
        donor: { choose: 'all', sites: ['abdomen'] },
      },
      sites: ['left breast'],
    });
    plan.report('flap', '2026-01-02');
    expect(plan.state.performed[0]?.areas).toEqual(['left breast', 'abdomen']);
  });

  it('where a plan has no area is any area', () => {
    const [stage] = ONE_STAGE;
    const { in: _in, ...placeless } = stage ?? stageOf('exchange');
    const plan = planOf([same], { stages: [placeless], from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-02-01', area: 'abdomen' }]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['too early']);
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

describe('a date that a fact holds', () => {
  const countedFrom = (fact: string, more: Partial<Interval> = {}): Interval =>
    intervalOf('after-radiotherapy', atFact(fact), 'implant-exchange', {
      minimum: for_(6, 'month'),
      ...more,
    });
  const alone = { stages: ONE_STAGE, from: '2026-03-02' };
  const ended = (value: string) => [{ fact: 'radiotherapyEnded', value }];

  it.each([
    ['is not known', undefined, 'unknown'],
    ['was never', 'never', 'open'],
    ['was too short a while ago', '2025-09-03', 'too early'],
    ['was just long enough ago', '2025-09-02', 'open'],
    ['was long ago', '2015-09-02', 'open'],
  ])('that %s', (_name, value, result) => {
    const plan = planOf([countedFrom('radiotherapyEnded')], alone);
    if (value !== undefined) plan.observe(ended(value));
    expect(answersOf(plan, on('2026-03-02'))).toEqual([result]);
  });

  it('and is not known is asked of whoever supplies it', () => {
    const plan = planOf([countedFrom('radiotherapyEnded')], alone);
    plan.consent('exchange-consent', '2026-03-02');
    const [reason] = reasonsOf(plan, 'exchange', on('2026-03-02'));
    expect(reason?.says).toBe(
      'Title of after-radiotherapy cannot be counted from radiotherapyEnded: radiotherapyEnded is missing.',
    );
    expect(reason?.clears).toEqual([
      [
        {
          kind: 'fact',
          fact: 'radiotherapyEnded',
          needs: 'at least 6 months ago or never',
          cause: 'missing',
          role: 'nurse',
          within: for_(2, 'working day'),
        },
      ],
    ]);
  });

  it('goes stale: then it is not known, and the plan wakes for it', () => {
    const plan = planOf([countedFrom('radiotherapyEnded')], alone);
    plan.observe(ended('2020-01-01'), on('2026-03-02'));
    expect(answersOf(plan, '2026-05-02T03:59:59.999Z')).toEqual(['open']);
    expect(answersOf(plan, '2026-05-02T04:00:00.000Z')).toEqual(['unknown']);
    expect(findingsOf(plan, '2026-05-02T04:00:00.000Z')[0]?.clears[0]?.[0]).toMatchObject({ cause: 'stale' });
  });

  it('shows where it comes from', () => {
    const plan = planOf([countedFrom('radiotherapyEnded')], alone);
    plan.observe(ended('2026-01-15'));
    expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([
      {
        from: 'radiotherapyEnded',
        anchor: '2026-01-15',
        earliest: '2026-07-15',
        evidence: [{ fact: 'radiotherapyEnded', value: '2026-01-15', source: 'clinician', result: 'unmet' }],
      },
    ]);
  });

  it('of birth says when something is best done, whatever else does', () => {
    const age = intervalOf('age', atFact('birthDate'), 'implant-exchange', {
      minimum: for_(18, 'year'),
      recommended: { from: for_(18, 'year'), to: for_(19, 'year') },
    });
    const other = countedFrom('radiotherapyEnded', {
      recommended: { from: for_(12, 'month'), to: for_(14, 'month') },
    });
    const plan = planOf([age, other], alone);
    plan.observe([{ fact: 'birthDate', value: '2008-02-29' }, ...ended('2026-01-15')]);
    expect(windowAt(plan, on('2026-03-02'))).toMatchObject({
      earliest: '2026-07-15',
      recommended: { from: '2026-07-15', to: '2027-03-01' },
      binding: { earliest: ['after-radiotherapy'], recommended: ['age'], latest: [] },
    });
  });
});

describe('a date by area', () => {
  const radiated = (area: Interval['area']): Interval =>
    intervalOf('after-radiotherapy', atFact('radiotherapyEnded'), 'implant-exchange', {
      minimum: for_(6, 'month'),
      latest: for_(24, 'month'),
      area,
    });
  const sides = {
    stages: ONE_STAGE,
    facts: BY_AREA,
    from: '2026-03-02',
    sites: ['left breast', 'right breast'],
  };
  const ended = (area: string, value: string) => ({ fact: 'radiotherapyEnded', area, value });

  it('binds the side on which it is known, and the other is asked of', () => {
    const plan = planOf([radiated('same')], sides);
    plan.observe([ended('left breast', '2026-01-15')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['left breast too early', 'right breast unknown']);
    expect(findingsOf(plan, on('2026-03-02'))[1]?.clears).toMatchObject([
      [{ kind: 'fact', fact: 'radiotherapyEnded', area: 'right breast', cause: 'missing', role: 'nurse' }],
    ]);
    plan.observe([ended('right breast', 'never')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['left breast too early', 'right breast open']);
  });

  it('of both sides counts for each', () => {
    const plan = planOf([radiated('same')], sides);
    plan.observe([ended('breast', '2025-01-15')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['left breast open', 'right breast open']);
  });

  it('counted in any area binds the stage by each of its sites: the later minimum, the earlier latest', () => {
    const plan = planOf([radiated('any')], sides);
    plan.observe([ended('left breast', '2024-04-01'), ended('right breast', '2025-12-01')]);
    expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([
      { result: 'too early', anchor: '2025-12-01', earliest: '2026-06-01', latest: '2026-04-01' },
    ]);
  });

  it('that differs in the parts of a site binds by each of them', () => {
    const face = {
      stages: [stageOf('exchange', { in: 'treatment', procedure: 'implant-exchange' })],
      facts: BY_AREA,
      sites: ['face'],
      parts: [{ area: 'face', sides: [], parts: ['nose', 'upper face'] }],
      areas: { treatment: { choose: 'any' as const, sites: ['face', 'nose'] } },
      from: '2026-03-02',
    };
    const plan = planOf([radiated('same')], face);
    plan.observe([ended('nose', '2026-01-15')]);
    expect(answersOf(plan, on('2026-03-02'))).toEqual(['face unknown']);
    plan.observe([ended('upper face', '2025-01-15')]);
    expect(findingsOf(plan, on('2026-03-02'))).toMatchObject([
      {
        area: 'face',
        result: 'too early',
        anchor: '2026-01-15',
        earliest: '2026-07-15',
        latest: '2027-01-15',
      },
    ]);
  });
});

describe('several intervals', () => {
  const short = spacing({ rule: 'short', title: 'Short', minimum: for_(1, 'month') });
  const long = spacing({ rule: 'long', title: 'Long', minimum: for_(4, 'month'), latest: for_(9, 'month') });

  it('all bind, and each clears on the day on which the last of them does', () => {
    const plan = afterExpander([short, long], '2026-03-02');
    const reasons = reasonsOf(plan, 'exchange', on('2026-03-20'));
    expect(reasons.map(({ says, clears }) => [says.split(':')[0], clears])).toEqual([
      ['Short', [[{ kind: 'date', on: '2026-07-02' }]]],
      ['Long', [[{ kind: 'date', on: '2026-07-02' }]]],
    ]);
    expect(windowAt(plan, on('2026-03-20'))).toMatchObject({
      earliest: '2026-07-02',
      latest: '2026-12-02',
      binding: { earliest: ['long'], latest: ['long'] },
      unknown: [],
    });
  });

  it('of which one is unknown say so, and count the others', () => {
    const unknown = intervalOf('other', atFact('radiotherapyEnded'), 'implant-exchange', {});
    const plan = afterExpander([short, unknown], '2026-03-02');
    expect(windowAt(plan, on('2026-03-20'))).toMatchObject({ earliest: '2026-04-02', unknown: ['other'] });
  });
});

describe('an interval with a condition', () => {
  const onlyWhen = { all: [leaf('smoker', 'equal', true)] };

  it.each([
    ['is met', true, 'too early'],
    ['is not known', undefined, 'too early'],
    ['is known not to be met', false, 'open'],
  ])('that %s', (_name, value, result) => {
    const plan = afterExpander([spacing({ onlyWhen })], '2026-03-02');
    if (value !== undefined) plan.observe([{ fact: 'smoker', value }]);
    expect(answersOf(plan, on('2026-03-20'))).toEqual([result]);
    expect(findingsOf(plan, on('2026-03-20'))[0]?.evidence).toMatchObject([{ fact: 'smoker' }]);
  });

  it('that does not apply sets no day', () => {
    const plan = afterExpander([spacing({ onlyWhen })], '2026-03-02');
    plan.observe([{ fact: 'smoker', value: false }]);
    expect(windowAt(plan, on('2026-03-20'))).not.toHaveProperty('earliest');
  });
});

describe('the start of a stage', () => {
  const due = (plan: RunningPlan) => plan.state.waits['start/exchange'];
  const best = spacing({ recommended: { from: for_(4, 'month'), to: for_(6, 'month') } });

  it('is due so long after the plan came there, as ever, where nothing says when', () => {
    expect(due(afterExpander([], '2026-03-02'))?.dueAt).toBe('2026-03-17T04:00:00.000Z');
  });

  it('is due by the end of what is recommended, and overdue the day after', () => {
    expect(due(afterExpander([best], '2026-03-02'))).toMatchObject({
      dueAt: '2026-09-03T04:00:00.000Z',
      owner: 'coordinator',
      generation: 1,
    });
  });

  it('is due so long after the first day on which it may be, where that lies ahead', () => {
    expect(due(afterExpander([spacing()], '2026-03-02'))?.dueAt).toBe('2026-06-17T04:00:00.000Z');
  });

  it('is due by the latest day at the latest', () => {
    const tight = spacing({ latest: for_(13, 'week'), ifLate: { ask: 'dermatologist' } });
    expect(due(afterExpander([tight], '2026-03-02'))?.dueAt).toBe('2026-06-02T04:00:00.000Z');
  });

  it('is counted anew when the history turns out otherwise, and not by time alone', () => {
    const plan = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    plan.wake(on('2026-04-02'));
    plan.wake(on('2026-06-05'));
    expect(due(plan)).toMatchObject({ dueAt: '2026-06-17T04:00:00.000Z' });
    const { generation = 0 } = due(plan) ?? {};
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-04-20' }], { now: on('2026-06-06') });
    expect(due(plan)).toMatchObject({ dueAt: '2026-08-04T04:00:00.000Z', generation: generation + 1 });
    plan.wake(on('2026-06-07'));
    expect(due(plan)?.generation).toBe(generation + 1);
  });

  it('leaves what is told of another procedure alone', () => {
    const plan = afterExpander([spacing()], '2026-03-02');
    const before = due(plan);
    tell(plan, [{ procedure: 'radiotherapy', performedOn: '2026-03-01' }]);
    expect(due(plan)).toEqual(before);
  });
});

describe('a plan wakes', () => {
  const wakes = (plan: RunningPlan): string[] => {
    const found: string[] = [];
    for (let round = 0; round < 40 && plan.state.wake.at !== null; round += 1) {
      found.push(plan.state.wake.at);
      plan.wake(plan.state.wake.at);
    }
    return found;
  };

  it('at the beginning of the earliest day, and of the day after the latest', () => {
    const one = spacing({ latest: for_(6, 'month'), ifLate: { ask: 'dermatologist' } });
    const found = wakes(afterExpander([one], '2026-03-02'));
    expect(found).toContain('2026-06-02T04:00:00.000Z');
    expect(found).toContain('2026-09-03T04:00:00.000Z');
  });

  it('at midnight of a day on which both are fine', () => {
    expect(afterExpander([spacing({ sameDay: true })], '2026-03-02').state.wake.at).toBe(
      '2026-03-03T05:00:00.000Z',
    );
  });
});

describe('a report', () => {
  const graced = spacing({ grace: for_(4, 'day') });
  const exchange = (plan: RunningPlan, day: string, now = on('2026-07-01')) =>
    plan.report('exchange', day, now);
  const deviations = (plan: RunningPlan) =>
    plan.last.journal
      .filter(({ kind }) => kind === 'deviation.raised')
      .map(({ details }) =>
        (details as { reasons: Reason[] }).reasons.filter((one) => one.invariant === 'S3'),
      );

  it.each([
    ['before the grace', '2026-05-28', ['expander-to-implant']],
    ['on the first day of grace', '2026-05-29', []],
    ['on the last day of grace', '2026-06-01', []],
    ['on the first day that is allowed', '2026-06-02', []],
  ])('of a day %s', (_name, day, breached) => {
    const plan = afterExpander([graced], '2026-03-02');
    exchange(plan, day);
    expect(deviations(plan).flatMap((all) => all.map(({ interval }) => interval?.rule))).toEqual(breached);
    expect(plan.state.performed.at(-1)).toMatchObject({ counts: true, deviation: true });
    expect(plan.state.chart).toBe('completed');
  });

  it('behind an open gate is no deviation when it is in time, and one when it is not', () => {
    const early = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    early.start('exchange', on('2026-06-02'));
    tell(early, [{ procedure: 'implant-elsewhere', performedOn: '2026-05-01' }], { now: on('2026-06-02') });
    exchange(early, '2026-06-03');
    expect(early.state.performed.at(-1)).toMatchObject({ deviation: true, counts: true });
    expect(early.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early',
    );
    const timely = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    timely.start('exchange', on('2026-06-02'));
    exchange(timely, '2026-06-03');
    expect(timely.state.performed.at(-1)).toMatchObject({ deviation: false, counts: true });
  });

  it('is judged by what was done before it: what came later accuses nobody', () => {
    const plan = planOf([spacing({}, 'end of surgery')], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-06-20' }], {
      isComplete: true,
      now: on('2026-06-30'),
    });
    exchange(plan, '2026-06-10');
    const [reasons = []] = deviations(plan);
    expect(reasons.map(({ interval }) => interval?.result)).toEqual(['unknown']);
  });

  it('of another operation on the same day counts as done before: of one day nobody knows', () => {
    const plan = planOf([spacing({}, 'end of surgery')], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-06-10' }], { now: on('2026-06-30') });
    exchange(plan, '2026-06-10');
    expect(
      deviations(plan)
        .flat()
        .map(({ interval }) => interval?.result),
    ).toEqual(['too early']);
  });

  it('told twice does not accuse itself', () => {
    const again = spacing(
      { ifEarly: 'does not count', minimum: for_(1, 'month') },
      'end of implant-exchange',
    );
    const plan = planOf([again], { stages: ONE_STAGE, from: '2026-03-02' });
    tell(plan, [], { isComplete: true });
    exchange(plan, '2026-06-10');
    exchange(plan, '2026-06-10');
    expect(plan.state.performed.map(({ counts }) => counts)).toEqual([true, true]);
  });

  it.each([
    ['an end ahead', { performedOn: '2026-06-30', endedOn: '2026-07-02' }],
    ['an end before its beginning', { performedOn: '2026-06-30', endedOn: '2026-06-29' }],
  ])('with %s is not taken', (_name, days) => {
    const plan = afterExpander([], '2026-03-02');
    const sent = eventOf('procedure.performed', { stage: 'exchange', ...days });
    expect(plan.send(sent, on('2026-07-01')).answer).toMatchObject({ outcome: 'rejected', code: 'CC2014' });
  });
});

describe('a performance that came too early to count', () => {
  const strict = spacing({ ifEarly: 'does not count', grace: for_(4, 'day') }, 'end of surgery');
  const withCare = [
    STAGES[0] ?? stageOf('expander'),
    {
      ...(STAGES[1] ?? stageOf('exchange')),
      closure: [taskOf('dressing', { due: { to: for_(1, 'day'), after: 'procedure' } })],
      recovery: [taskOf('stitches', { due: { to: for_(10, 'day'), after: 'procedure' } })],
    },
  ];

  it.each([
    ['a day before the grace', '2026-05-28', false],
    ['the first day of grace', '2026-05-29', true],
  ])('is one of %s', (_name, day, counts) => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.report('exchange', day, on('2026-05-30'));
    expect(plan.state.performed.at(-1)).toMatchObject({ counts, deviation: true });
    expect(plan.state.chart).toBe(counts ? 'completed' : 'exchange.ready');
  });

  it('is owed again, from its own day, and its aftercare is owed all the same', () => {
    const plan = afterExpander([strict], '2026-03-02', { stages: withCare });
    plan.report('exchange', '2026-05-01', on('2026-05-01'));
    expect(plan.state.chart).toBe('exchange.ready');
    expect(findingsOf(plan, on('2026-05-01'))).toMatchObject([
      { result: 'too early', anchor: '2026-05-01', earliest: '2026-08-01' },
    ]);
    const waits = Object.entries(plan.state.waits).map(([id, { dueAt }]) => `${id} ${dueAt.slice(0, 10)}`);
    expect(waits).toEqual(
      expect.arrayContaining([
        'start/exchange 2026-08-16',
        'task/exchange.closure/dressing 2026-05-03',
        'task/exchange.recovery/stitches 2026-05-12',
        expect.stringMatching(/^task\/plan\/deviation-/),
      ]),
    );
    expect(plan.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early to count, and its gate had not been opened: it is owed again',
    );
    expect(kinds(plan.last.journal)).toContain('phase.entered');
  });

  it('is done again, and the plan goes on to its end', () => {
    const plan = afterExpander([strict], '2026-03-02', { stages: withCare });
    plan.report('exchange', '2026-05-01', on('2026-05-01'));
    plan.consent('exchange-consent', '2026-05-01');
    expect(reasonsOf(plan, 'exchange', on('2026-07-31'))).toHaveLength(1);
    expect(reasonsOf(plan, 'exchange', on('2026-08-01'))).toEqual([]);
    plan.report('exchange', '2026-08-01', on('2026-08-01'));
    expect(plan.state.performed.map(({ counts, deviation }) => [counts, deviation])).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
    plan.finishPhase(on('2026-08-02'));
    plan.finishPhase(on('2026-08-10'));
    expect(plan.state.chart).toBe('completed');
  });

  it('behind an open gate leads back from there', () => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.start('exchange', on('2026-06-02'));
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-05-20' }], { now: on('2026-06-02') });
    plan.report('exchange', '2026-06-03', on('2026-06-03'));
    expect(plan.state.chart).toBe('exchange.ready');
    expect(plan.state.waits['report/exchange']).toBeUndefined();
    expect(plan.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toBe(
      'Implant was performed too early to count: it is owed again',
    );
  });

  it('of a plan that is over is kept, and opens nothing again', () => {
    const plan = afterExpander([strict], '2026-03-02');
    plan.cancel(on('2026-05-01'));
    plan.report('exchange', '2026-05-01', on('2026-05-02'));
    expect(plan.state.chart).toBe('cancelled');
    expect(plan.state.performed.at(-1)).toMatchObject({ counts: false });
  });
});
