import { addDays } from '../../../src/core/model/calendar.ts';
import { careOf, kept, noonOf, underCare } from '../../support/care.ts';
import { leave } from '../../support/decided.ts';
import { for_ } from '../../support/pathways.ts';
import { eventOf, patient, type RunningPlan } from '../../support/plan.ts';

const TASK = 'plan/adherence-home';
const WEEKS = ['2026-03-15', '2026-03-22', '2026-03-29'];
const asked = ({ state }: RunningPlan): boolean => state.tasks[TASK]?.status === 'requested';

describe('how home care is kept to', () => {
  it('is kept by its days, whoever tells it and in whatever order', () => {
    const plan = underCare();
    kept(plan, 'most', { from: '2026-03-16', to: '2026-03-22' });
    kept(plan, 'all', { from: '2026-03-09', to: '2026-03-15', at: '2026-03-23' });
    expect(plan.state.adherence.home?.map(({ from, done }) => [from, done])).toEqual([
      ['2026-03-09', 'all'],
      ['2026-03-16', 'most'],
    ]);
  });

  it('told again of the same days is what was told last', () => {
    const plan = underCare();
    kept(plan, 'all', { from: '2026-03-10' });
    kept(plan, 'none', { from: '2026-03-10' });
    expect(plan.state.adherence.home?.map(({ done }) => done)).toEqual(['none']);
  });

  it.each([
    ['once', ['none'], false],
    ['twice in a row', ['some', 'none'], true],
    ['twice, and well between', ['none', 'most', 'some'], false],
    ['twice after a good week', ['all', 'some', 'some'], true],
  ] as const)('that was poor %s asks somebody: %j → %s', (_says, words, isAsked) => {
    const plan = underCare();
    for (const [index, done] of words.entries()) kept(plan, done, { from: WEEKS[index] ?? '' });
    expect(asked(plan)).toBe(isAsked);
  });

  it('asks the role that the file names, within the time that it gives', () => {
    const plan = underCare();
    for (const from of WEEKS.slice(0, 2)) kept(plan, 'none', { from });
    expect(plan.state.tasks[TASK]).toMatchObject({ role: 'nurse', title: 'Hardly kept to: Title of home' });
    // The 22nd is a Sunday.
    expect(plan.state.waits[`task/${TASK}`]?.dueAt).toBe('2026-03-26T04:00:00.000Z');
  });

  it('asks after one report where the file says so', () => {
    const plan = underCare([careOf('home', { setback: { after: 1, ask: 'nurse', within: for_(1, 'day') } })]);
    kept(plan, 'some', { from: '2026-03-15' });
    expect(asked(plan)).toBe(true);
  });

  it('asks nobody about days that better ones have followed', () => {
    const plan = underCare();
    kept(plan, 'all', { from: '2026-03-22' });
    kept(plan, 'none', { from: '2026-03-14', at: '2026-03-23' });
    kept(plan, 'none', { from: '2026-03-15', at: '2026-03-23' });
    expect(asked(plan)).toBe(false);
  });

  it('asks again once the first talk is over, and it is as before', () => {
    const plan = underCare();
    for (const from of WEEKS.slice(0, 2)) kept(plan, 'none', { from });
    plan.complete(TASK, noonOf('2026-03-24'));
    expect(asked(plan)).toBe(false);
    kept(plan, 'none', { from: '2026-03-29' });
    expect(asked(plan)).toBe(true);
  });

  it('is a fact: taken while the plan is off its course, and once it is over', () => {
    const plan = underCare();
    leave(plan, 'postponement', noonOf('2026-03-12'));
    expect(kept(plan, 'most', { from: '2026-03-13' }).answer.outcome).toBe('accepted');
    plan.cancel(noonOf('2026-03-14'));
    expect(kept(plan, 'all', { from: '2026-03-14' }).answer.outcome).toBe('accepted');
  });

  it.each([
    ['of a care that the pathway lacks', { care: 'metformin', from: '2026-03-10' }, 'CC2060'],
    ['of days that end before they begin', { care: 'home', from: '2026-03-10', to: '2026-03-09' }, 'CC2061'],
    ['of days to come', { care: 'home', from: '2026-03-10', to: '2026-03-11' }, 'CC2014'],
  ])('is not taken %s', (_says, days, code) => {
    const plan = underCare();
    const event = eventOf('adherence.recorded', { ...days, done: 'all' }, { actor: patient });
    expect(plan.send(event, noonOf('2026-03-10')).answer).toMatchObject({ outcome: 'rejected', code });
  });

  it('is not taken from the patient of another plan', () => {
    const other = { ...patient, id: 'patient-2' };
    const event = eventOf(
      'adherence.recorded',
      { care: 'home', from: '2026-03-09', done: 'all' },
      { actor: other },
    );
    expect(underCare().send(event).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
  });

  it('keeps the last sixty reports', () => {
    const plan = underCare();
    for (let day = 0; day < 62; day += 1) {
      const from = addDays('2026-03-09', day);
      kept(plan, 'all', { from });
    }
    expect([plan.state.adherence.home?.length, plan.state.adherence.home?.[0]?.from]).toEqual([
      60,
      '2026-03-11',
    ]);
  });
});
