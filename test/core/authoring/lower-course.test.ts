import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { compiledWith } from './course-sample.ts';

const for_ = (count: number, unit: string) => ({ count, unit });
const compiled = compiledWith();
const stage = (name: string) => compiled.stages.find((one) => one.stage === name);
const decision = (name: string) => compiled.decisions.find((one) => one.decision === name);
const interval = (rule: string) => compiled.intervals.find((one) => one.rule === rule);

it('is complete, and ready to run', () => {
  const pathway = loadPathway(compiled);
  expect(pathway.decisionsOf('assessment').map(({ title }) => title)).toEqual(['Board']);
  expect(pathway.tasksOf('cut.prep').map(({ task }) => task)).toEqual(['clearance', 'thinners', 'bloods']);
});

it('is a list of stages and decisions, in their order', () => {
  expect(compiled.course).toEqual([
    { kind: 'stage', name: 'cut' },
    { kind: 'decision', name: 'half-way' },
    { kind: 'stage', name: 'fill' },
    { kind: 'stage', name: 'transplant' },
  ]);
  expect(compiled.decidedIn).toEqual({ consultation: ['begin'], assessment: ['board'] });
  expect(compiled.decisions.map((one) => one.decision)).toEqual([
    ...['begin', 'board', 'after-cut', 'half-way', 'problem', 'late'],
  ]);
});

describe('a task', () => {
  it.each([
    ['3 to 30 days before a booking', 'clearance', { due: { from: for_(30, 'day'), to: for_(3, 'day') } }],
    ['2 working days before it', 'bloods', { due: { to: for_(2, 'working day'), before: 'booking' } }],
  ])('counts back: %s', (_says, task, when) => {
    expect(stage('cut')?.prep?.find((one) => one.task === task)?.when).toMatchObject(when);
  });

  it('is done again and again, from one moment until another', () => {
    expect(stage('cut')?.closure[0]?.when).toEqual({
      every: for_(2, 'day'),
      from: { by: for_(1, 'day'), after: 'procedure' },
      until: { by: for_(4, 'week'), after: 'procedure' },
    });
  });

  it('begins again and again with the procedure itself, where no time is written', () => {
    const [dress] =
      compiledWith('pathway', 'from: 1 day after procedure', 'from: procedure').stages[0]?.closure ?? [];
    expect(dress?.when).toMatchObject({ from: { by: for_(0, 'day'), after: 'procedure' } });
  });

  it('may need something, and be handed on', () => {
    const drain = stage('cut')?.recovery.find(({ task }) => task === 'drain');
    expect(drain).toMatchObject({ needs: { all: [{ fact: 'height' }] }, handsTo: 'surgeon' });
  });

  it('may be made only sometimes, and asks that where its stage is done', () => {
    expect(stage('fill')?.afterEach).toMatchObject([
      { task: 'call', onlyWhen: { all: [{ fact: 'rash', value: 'hives' }] } },
    ]);
    const byArea = compiledWith(
      'pathway',
      'onlyWhen: { rash: includes hives }',
      'onlyWhen: { wound: is red }',
    );
    expect(byArea.stages[1]?.afterEach[0]?.onlyWhen).toMatchObject({ all: [{ fact: 'wound' }] });
  });

  it('clears anaesthesia', () => {
    expect(stage('cut')?.prep?.map(({ clears }) => clears)).toEqual(['anaesthesia', undefined, undefined]);
    expect(stage('fill')?.beforeEach.map(({ clears }) => clears)).toEqual(['anaesthesia']);
  });
});

describe('a stage', () => {
  it('has prep only where that is written', () => {
    expect(compiled.stages.map(({ prep }) => prep?.length)).toEqual([3, undefined, undefined]);
  });

  it('says which anaesthesia it needs, and whose guardian signs', () => {
    expect(compiled.stages.map(({ anaesthesia }) => anaesthesia)).toEqual(['general', 'sedation', undefined]);
    expect(stage('cut')?.consent?.orGuardianBelow).toEqual(for_(16, 'year'));
  });

  it('is done once where it speaks of no sessions, and a missed one is still owed', () => {
    expect(stage('cut')).toMatchObject({ sessions: 1, missed: 'wait' });
    expect(stage('cut')).not.toHaveProperty('untilWhen');
  });

  it('is done up to a number, until something is met', () => {
    expect(stage('fill')).toMatchObject({
      sessions: 6,
      missed: 'skip',
      untilWhen: { all: [{ fact: 'wound', value: 'clean' }] },
    });
  });

  it('is done a number of times', () => {
    const series = compiledWith(
      'pathway',
      'sessions: up to 6\n    untilWhen: { wound: is clean }',
      'sessions: 6',
    );
    expect(series.stages[1]?.sessions).toBe(6);
    expect(series.stages[1]).not.toHaveProperty('untilWhen');
  });

  it('keeps its sessions apart by an interval of its own', () => {
    expect(interval('fill-spacing')).toEqual({
      rule: 'fill-spacing',
      ruleSet: 'series',
      version: '1.0.0',
      title: 'Fill, from one session to the next',
      source: 'Protocol 4 (figures are examples)',
      from: { kind: 'stage', edge: 'end', stage: 'fill' },
      to: { kind: 'stage', stage: 'fill' },
      area: 'any',
      counts: 'last',
      minimum: for_(1, 'week'),
      recommended: { from: for_(1, 'week'), to: for_(2, 'week') },
      latest: for_(6, 'week'),
      ifLate: { decide: 'late' },
      ifEarly: 'counts',
      sameDay: false,
    });
  });

  it('ends with its decision', () => {
    expect(compiled.stages.map(({ reassess }) => reassess)).toEqual(['after-cut', undefined, undefined]);
  });
});

describe('a decision', () => {
  it('is of each role that is named', () => {
    expect(decision('begin')?.by).toEqual({ kind: 'roles', roles: ['surgeon', 'patient'] });
  });

  it('is of a board with its quorum, and whose vote decides', () => {
    expect(decision('board')).toMatchObject({
      by: {
        kind: 'board',
        roles: ['surgeon', 'nurse', 'clinical-lead'],
        quorum: 2,
        agree: 'majority',
        tie: 'surgeon',
      },
      due: { from: for_(7, 'day'), to: for_(14, 'day'), after: 'assessment' },
      ladder: 'emergency',
      needs: ['neuropathy', 'glucose'],
    });
  });

  it('of a board may need one of every role, all of one mind', () => {
    const board = 'quorum: 2, agree: majority, tie: surgeon }';
    const { decisions } = compiledWith('pathway', board, 'quorum: every role, agree: all }');
    expect(decisions[1]?.by).toMatchObject({ quorum: 'every role', agree: 'all' });
    expect(decisions[1]?.by).not.toHaveProperty('tie');
  });

  it('is on the first ladder where it names none', () => {
    expect(decision('half-way')?.ladder).toBe('standard');
  });

  it('asked by an alert stands beside its tasks, and asked by an interval in the place of its question', () => {
    expect(compiled.alerts.map(({ rule, decide }) => [rule, decide])).toEqual([['red-wound', 'problem']]);
    expect(interval('between-cuts')?.ifLate).toEqual({ decide: 'late' });
    expect(interval('fill-after-cut')?.ifLate).toEqual({ decide: 'late' });
  });
});

describe('an outcome leads to a chain of steps:', () => {
  const go = { do: 'go' };
  it.each([
    ['go', [go]],
    ['end', [{ do: 'end' }]],
    ['next stage', [{ do: 'next stage' }]],
    ['{ again: 2 }', [{ do: 'again', atMost: 2 }, go]],
    ['{ wait: 7 days, atMost: 1 }', [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }, go]],
    ['{ to: transplant }', [{ do: 'to', stage: 'transplant' }]],
    ['{ to: cut, atMost: 1 }', [{ do: 'to', stage: 'cut', atMost: 1 }, go]],
    ['{ decide: problem }', [{ do: 'decide', decision: 'problem' }]],
    ['{ ask: nurse }', [{ do: 'ask', role: 'nurse' }]],
    ['{ exit: conservative }', [{ do: 'exit', exit: 'conservative' }]],
    [
      '{ wait: 1 working day, atMost: 2, then: { again: 1, then: { to: fill, atMost: 3, then: { decide: late } } } }',
      [
        { do: 'wait', for: for_(1, 'working day'), atMost: 2 },
        { do: 'again', atMost: 1 },
        { do: 'to', stage: 'fill', atMost: 3 },
        { do: 'decide', decision: 'late' },
      ],
    ],
  ])('%s', (written, chain) => {
    const { decisions } = compiledWith('pathway', '{ again: 2, then: { exit: referral } }', written);
    expect(decisions.find((one) => one.decision === 'after-cut')?.outcomes.again).toEqual(chain);
  });

  it("a table's answer, too", () => {
    expect(stage('fill')?.table?.outcomes).toEqual({
      standard: [go],
      high: [
        { do: 'wait', for: for_(7, 'day'), atMost: 2 },
        { do: 'decide', decision: 'problem' },
      ],
    });
  });
});

it('has all exits, on the terms of the clinic where it says nothing else', () => {
  const terms = { reviewEvery: for_(30, 'day'), closesAfter: for_(6, 'month'), returnsTo: 'where it left' };
  expect(compiled.exits).toMatchObject({
    'further-evaluation': { ...terms, tasks: [] },
    conservative: { ...terms, returnsTo: 'assessment' },
    referral: { ...terms, tasks: [] },
    postponement: { ...terms, reviewEvery: for_(7, 'day'), closesAfter: for_(42, 'day') },
  });
  expect(compiled.exits.conservative.tasks.map(({ task, when }) => [task, when])).toEqual([
    ['talk', { due: { to: for_(3, 'day'), after: 'exit' } }],
    ['ring', { every: for_(1, 'month') }],
  ]);
});

it('carries the facts along that tasks, series, decisions and ladders ask, and the day of birth for a guardian', () => {
  expect(compiled.facts.map(({ fact }) => fact)).toEqual(
    expect.arrayContaining(['height', 'rash', 'wound', 'neuropathy', 'glucose', 'birthDate', 'smokes']),
  );
  expect(compiled.clinic.ladders[0]?.rungs[1]?.onlyWhen).toMatchObject({ all: [{ fact: 'smokes' }] });
});

it('says of a contraindication which gates it stops', () => {
  const both = compiledWith(
    'ruleSet',
    'stops: [procedure]\n    of: [surgery]\n    strength: relative\n    then: conservative',
    'stops: [prep, procedure]\n    of: [surgery]\n    strength: relative\n    then: conservative',
  );
  expect(both.contraindications.map(({ rule, stops }) => [rule, stops])).toEqual([
    ['fever', ['procedure']],
    ['smoking', ['procedure']],
    ['infected', ['prep', 'procedure']],
  ]);
});

it('compiles to the same text each time', () => {
  expect(JSON.stringify(compiledWith())).toBe(JSON.stringify(compiled));
});
