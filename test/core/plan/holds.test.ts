import { contraindication, factOf, for_, leaf, pathwayWith, type Variation } from '../../support/pathways.ts';
import { kinds, laboratory, RunningPlan } from '../../support/plan.ts';

const HOLD = 'excision/blood-thinner';

const atGate = (variation: Variation = {}): RunningPlan => {
  const plan = new RunningPlan(pathwayWith(variation));
  plan.finishPhase();
  return plan;
};
const thinner = (value: string) => [{ fact: 'bloodThinner', value }];

describe('a hold is raised', () => {
  it('at the gate while its facts are unknown, with an owner, a due time and a rung', () => {
    const plan = atGate();
    expect(plan.state.status).toBe('on-hold');
    expect(plan.state.holds[HOLD]).toMatchObject({ generation: 1, response: 'postponement' });
    expect(plan.state.waits[`hold/${HOLD}`]).toMatchObject({
      kind: 'hold',
      title: 'Cannot be ruled out: Blood thinner within the last 7 days',
      owner: 'nurse',
      dueAt: '2026-03-05T05:00:00.000Z',
    });
  });

  it('before the gate only once it is met: nobody has been asked yet', () => {
    const plan = new RunningPlan();
    expect(plan.state.holds).toEqual({});
    plan.observe(thinner('never'));
    expect(plan.state.holds).toEqual({});
    plan.observe(thinner('2026-03-01'), '2026-03-03T15:00:00.000Z');
    expect(Object.keys(plan.state.holds)).toEqual([HOLD]);
    expect(plan.last.effects.map(({ role }) => role)).toEqual(['nurse', 'dermatologist']);
  });

  it('by a laboratory as well as by a person', () => {
    const plan = atGate();
    const facts = [factOf('bloodThinner', { kind: 'date or never' }, { from: ['laboratory', 'clinician'] })];
    const told = atGate({ facts });
    told.observe(thinner('never'), undefined, { actor: laboratory, source: 'north-lab' });
    expect(told.state.observations.bloodThinner?.[0]).toMatchObject({ source: 'laboratory' });
    expect(told.state.holds).toEqual({});
    plan.observe(thinner('never'), undefined, { actor: laboratory, source: 'north-lab' });
    expect(plan.state.holds[HOLD]?.finding.evidence[0]?.cause).toBe('not believed');
  });
});

describe('a hold clears', () => {
  it('once its rule is known not to be met', () => {
    const plan = atGate();
    plan.observe(thinner('never'));
    expect(plan.state.holds).toEqual({});
    expect(plan.state.waits[`hold/${HOLD}`]).toBeUndefined();
    expect(plan.state.status).toBe('active');
    expect(kinds(plan.last.journal)).toEqual(['event.accepted', 'hold.cleared']);
  });

  it.each([
    ['the last instant of the sixth day', '2026-03-09T03:59:59.999Z', true],
    ['the first instant of the seventh', '2026-03-09T04:00:00.000Z', false],
  ])('by time alone: a blood thinner taken on 2 March, at %s', (_when, now, isHeld) => {
    const plan = atGate();
    plan.observe(thinner('2026-03-02'));
    expect(plan.state.wake.at).not.toBeNull();
    plan.wake(now);
    expect(HOLD in plan.state.holds).toBe(isHeld);
  });

  it('never because its fact became too old to tell', () => {
    const rules = [contraindication('fever', { all: [leaf('temperature', 'greaterThan', 38)] })];
    const plan = new RunningPlan(pathwayWith({ rules }));
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    expect(plan.state.holds['excision/fever']?.finding.result).toBe('met');
    plan.wake('2026-03-03T15:00:00.000Z');
    expect(plan.state.chart).toBe('consultation');
    expect(plan.state.holds['excision/fever']?.finding.result).toBe('unknown');
    plan.observe([{ fact: 'temperature', value: 37, unit: 'Cel' }]);
    expect(plan.state.holds).toEqual({});
  });
});

describe('a hold re-arms', () => {
  it('as a new generation when its rule is met again, or unknown again', () => {
    const plan = atGate();
    plan.observe(thinner('never'));
    plan.observe(thinner('2026-03-02'), '2026-03-03T16:00:00.000Z');
    expect(plan.state.holds[HOLD]?.generation).toBe(2);
    plan.observe(thinner('never'), '2026-03-04T17:00:00.000Z');
    plan.wake('2026-04-04T04:00:00.000Z');
    expect(plan.state.holds[HOLD]).toMatchObject({ generation: 3, finding: { result: 'unknown' } });
    expect(plan.state.holds[HOLD]?.raisedAt).toBe('2026-04-04T04:00:00.000Z');
  });

  it('not when unknown turns to met and back: it is the same hold, whose question has changed', () => {
    const plan = atGate({
      facts: [factOf('bloodThinner', { kind: 'date or never' }, { goodFor: for_(2, 'day') })],
    });
    const { raisedAt } = plan.state.holds[HOLD] ?? {};
    plan.observe(thinner('2026-03-02'), '2026-03-02T16:00:00.000Z');
    expect(plan.state.holds[HOLD]).toMatchObject({ generation: 1, raisedAt, finding: { result: 'met' } });
    expect(plan.state.waits[`hold/${HOLD}`]?.title).toMatch(/^Held/);
    plan.wake('2026-03-05T05:00:00.000Z');
    expect(plan.state.holds[HOLD]).toMatchObject({ generation: 1, raisedAt, finding: { result: 'unknown' } });
    expect(plan.state.waits[`hold/${HOLD}`]?.title).toMatch(/^Cannot be ruled out/);
  });

  it('keeps its wait and its ladder while only its evidence changes', () => {
    const plan = atGate();
    plan.observe(thinner('2026-03-01'));
    const wait = plan.state.waits[`hold/${HOLD}`];
    plan.observe(thinner('2026-03-02'), '2026-03-03T06:00:00.000Z');
    expect(plan.state.holds[HOLD]?.finding.evidence[0]?.value).toBe('2026-03-02');
    expect(plan.state.waits[`hold/${HOLD}`]).toEqual(wait);
  });
});

describe('a rule of several facts', () => {
  const facts = [
    factOf('fast', { kind: 'yes or no' }, { ask: { role: 'dermatologist', within: for_(1, 'day') } }),
    factOf('slow', { kind: 'yes or no' }, { ask: { role: 'nurse', within: for_(3, 'day') } }),
  ];
  const rules = [
    contraindication('both', { any: [leaf('slow', 'equal', true), leaf('fast', 'equal', true)] }),
  ];

  it('is asked of the one who supplies the first, by the shortest of the times', () => {
    const plan = atGate({ facts, rules });
    expect(plan.state.waits['hold/excision/both']).toMatchObject({
      owner: 'nurse',
      dueAt: '2026-03-04T05:00:00.000Z',
    });
  });

  it('asks only for what is still unknown when it is raised', () => {
    const plan = new RunningPlan(pathwayWith({ facts, rules }));
    plan.observe([{ fact: 'slow', value: false }]);
    plan.finishPhase();
    expect(plan.state.waits['hold/excision/both']).toMatchObject({ owner: 'dermatologist' });
    expect(plan.state.holds['excision/both']?.finding.clears).toMatchObject([
      [{ kind: 'fact', fact: 'fast', needs: 'not equal true', cause: 'missing', role: 'dermatologist' }],
    ]);
  });

  it('goes on to the next owner once the first has supplied what it could', () => {
    const plan = atGate({ facts, rules });
    plan.observe([{ fact: 'slow', value: false }]);
    expect(plan.state.waits['hold/excision/both']).toMatchObject({ owner: 'dermatologist' });
  });
});

describe('late and simultaneous observations', () => {
  it('one that is observed before another counts as older, however late it arrives', () => {
    const plan = atGate();
    plan.observe([{ fact: 'bloodThinner', value: 'never', observedAt: '2026-03-02T15:00:00.000Z' }]);
    plan.observe([{ fact: 'bloodThinner', value: '2026-02-28', observedAt: '2026-03-01T15:00:00.000Z' }]);
    expect(plan.state.holds).toEqual({});
    expect(plan.state.observations.bloodThinner).toHaveLength(2);
  });

  it('of one instant the more trusted source counts, whichever came first', () => {
    for (const order of [
      ['clinician', 'patient'],
      ['patient', 'clinician'],
    ]) {
      const plan = atGate();
      for (const who of order) {
        const actor = {
          id: `${who}-1`,
          roles: [who === 'patient' ? 'patient' : 'nurse'],
          clinic: 'northside',
        };
        const value = who === 'patient' ? 'never' : '2026-03-01';
        plan.observe([{ fact: 'bloodThinner', value, observedAt: '2026-03-02T15:00:00.000Z' }], undefined, {
          actor,
        });
      }
      expect(plan.state.holds[HOLD]?.finding.result).toBe('met');
    }
  });

  it('of one day and equal trust two that differ are in conflict: unknown, and held', () => {
    const plan = atGate();
    const observedAt = '2026-03-02T15:00:00.000Z';
    plan.observe([{ fact: 'bloodThinner', value: '2026-03-01', observedAt }]);
    plan.observe([{ fact: 'bloodThinner', value: 'never', observedAt }]);
    expect(plan.state.holds[HOLD]?.finding).toMatchObject({
      result: 'unknown',
      evidence: [{ cause: 'in conflict' }],
    });
  });

  it("without a time of its own an observation has its event's, and without that the step's", () => {
    const plan = atGate();
    plan.observe(thinner('never'), '2026-03-03T15:00:00.000Z', { time: '2026-03-03T10:00:00.000Z' });
    plan.observe(thinner('never'), '2026-03-03T16:00:00.000Z');
    expect(plan.state.observations.bloodThinner?.map(({ observedAt }) => observedAt)).toEqual([
      '2026-03-03T10:00:00.000Z',
      '2026-03-03T16:00:00.000Z',
    ]);
  });
});
