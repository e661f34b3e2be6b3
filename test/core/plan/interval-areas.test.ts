import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { atEdge, atFact, for_, intervalOf, stageOf } from '../../support/pathways.ts';
import {
  afterExpander,
  answersOf,
  BY_AREA,
  findingsOf,
  ONE_STAGE,
  on,
  planOf,
  reasonsOf,
  spacing,
  tell,
  windowAt,
} from '../../support/staged.ts';

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
    const stage = stageOf('laser', { in: 'treatment', procedures: ['laser'] });
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
      stages: [stageOf('exchange', { in: 'treatment', procedures: ['implant-exchange'] })],
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
