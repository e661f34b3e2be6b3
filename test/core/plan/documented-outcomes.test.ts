import { DocumentReference } from '../../../src/core/model/event.schema.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import { openTasks, planWith } from '../../support/decided.ts';
import { onDay } from '../../support/goals.ts';
import { for_, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';

const PHOTOGRAPHS = taskOf('photographs', { title: 'Photographs', outcome: 'photographs' });
const ASKED = 'plan/outcome/consultation/photographs';

const photographed = (more: Variation = {}): RunningPlan =>
  planWith({ consultation: [PHOTOGRAPHS], ...more });

const done = (plan: RunningPlan, task: string, references?: string[], now?: string) =>
  plan.send(
    eventOf(
      'task.completed',
      { task, ...(references ? { references } : {}) },
      { id: `d-${plan.steps.length}` },
    ),
    now,
  );

describe('work that leaves something behind', () => {
  it('says where that lies, and the plan keeps it', () => {
    const plan = photographed();
    done(plan, 'consultation/photographs', ['album/17', 'https://pictures.example/18']);
    expect(plan.state.outcomes).toMatchObject([
      {
        task: 'consultation/photographs',
        outcome: 'photographs',
        belongsTo: 'consultation',
        references: ['album/17', 'https://pictures.example/18'],
        by: 'nurse-1',
      },
    ]);
    expect(plan.last.journal.find(({ kind }) => kind === 'outcome.documented')?.says).toBe(
      'photographs of Photographs: 2',
    );
    expect(openTasks(plan)).toEqual([]);
  });

  it('done without it is done, and whoever did it is asked where it lies', () => {
    const plan = photographed();
    expect(done(plan, 'consultation/photographs').answer.outcome).toBe('accepted');
    expect(plan.state.tasks['consultation/photographs']?.status).toBe('completed');
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.waits[`task/${ASKED}`]).toMatchObject({
      owner: 'nurse',
      title: 'Photographs: say where the photographs lie',
    });
  });

  it.each([
    ['with the task that asks for it', ASKED],
    ['with the work itself, told again', 'consultation/photographs'],
  ])('told later, %s, it belongs to the work', (_says, task) => {
    const plan = photographed();
    done(plan, 'consultation/photographs');
    done(plan, task, ['album/17']);
    expect(plan.state.outcomes).toMatchObject([
      { task: 'consultation/photographs', references: ['album/17'] },
    ]);
    expect(openTasks(plan)).toEqual([]);
  });

  it('that there is nothing is an answer, and nobody is asked again', () => {
    const plan = photographed();
    done(plan, 'consultation/photographs');
    done(plan, ASKED);
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.outcomes).toEqual([]);
  });

  it('keeps what each round and each repeat has left behind', () => {
    const recovery = [
      taskOf('visit', { outcome: 'photographs', due: { to: for_(7, 'day'), after: 'procedure' } }),
    ];
    const plan = photographed({
      consultation: [],
      stages: [stageOf('first', { recovery })],
      alongside: [{ ...taskOf('picture', { outcome: 'photographs' }), when: { every: for_(7, 'day') } }],
    });
    done(plan, 'course/picture', ['week-1'], onDay('2026-03-09'));
    done(plan, 'course/picture', ['week-2'], onDay('2026-03-16'));
    plan.consent('first-consent', '2026-03-17', onDay('2026-03-17'));
    plan.start('first');
    plan.report('first', '2026-03-17');
    done(plan, 'first.recovery/visit', ['after'], onDay('2026-03-20'));
    expect(
      plan.state.outcomes.map(({ references, belongsTo, round }) => [...references, belongsTo, round]),
    ).toEqual([
      ['week-1', 'course', undefined],
      ['week-2', 'course', undefined],
      ['after', 'first.recovery', 1],
    ]);
  });

  it('what other work has left behind is kept as well', () => {
    const plan = photographed({ consultation: [taskOf('talk')] });
    done(plan, 'consultation/talk', ['letter/4']);
    expect(plan.state.outcomes).toMatchObject([{ references: ['letter/4'] }]);
    expect(plan.state.outcomes[0]).not.toHaveProperty('outcome');
  });
});

it(`shows the last ${LIMITS.outcomesShown}, and the journal has all`, () => {
  const plan = photographed();
  for (let at = 0; at <= LIMITS.outcomesShown; at += 1)
    done(plan, 'consultation/photographs', [`album/${at}`]);
  expect(plan.state.outcomes).toHaveLength(LIMITS.outcomesShown);
  expect(plan.state.outcomes.at(-1)?.references).toEqual([`album/${LIMITS.outcomesShown}`]);
  expect(plan.journal.filter(({ kind }) => kind === 'outcome.documented')).toHaveLength(
    LIMITS.outcomesShown + 1,
  );
});

it.each([
  ['an id', 'album/17', true],
  ['an address', 'https://pictures.example/a?b=c#d', true],
  ['nothing', '', false],
  ['words', 'in the drawer', false],
  ['the picture itself', 'data:image/png;base64,iVBORw0KGgo=', false],
  ['something that runs', 'javascript:alert(1)', false],
  ['the same in capitals', 'DATA:image/png;base64,iVBORw0KGgo=', false],
  ['500 letters', 'a'.repeat(500), true],
  ['501 letters', 'a'.repeat(501), false],
])('a reference is where something lies: %s', (_says, reference, isOne) => {
  expect(DocumentReference.safeParse(reference).success).toBe(isOne);
});
