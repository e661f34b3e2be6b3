import { PlanView } from '../../src/api/plan-view.schema.ts';
import { viewOf } from '../../src/api/plan-view.ts';
import { courseLines } from '../../src/cli/course-text.ts';
import { comeBack, leave } from '../support/decided.ts';
import { stageOf } from '../support/pathways.ts';
import type { RunningPlan } from '../support/plan.ts';
import { besideOperations, trackOf } from '../support/tracks.ts';

const { consent: _theirs, ...rays } = stageOf('rays', { title: 'Radiation', elsewhere: true });
const beside = (): RunningPlan =>
  besideOperations({
    rules: [],
    stages: [stageOf('first'), stageOf('month-1'), rays],
    tracks: [
      trackOf('medicine', ['month-1'], { title: 'Tablets' }),
      trackOf('radiotherapy', ['rays'], { title: 'Radiotherapy', starts: 'by decision' }),
    ],
  });
const seen = (plan: RunningPlan) =>
  PlanView.parse(JSON.parse(JSON.stringify(viewOf(plan.pathway, plan.state, plan.state.now))));

describe('a plan with tracks', () => {
  it('tells where each is, since when, and which has not begun', () => {
    const view = seen(beside());
    expect(view.phase).toBe('first.ready');
    expect(view.tracks).toEqual([
      {
        track: 'medicine',
        title: 'Tablets',
        starts: 'with course',
        phase: 'month-1.ready',
        startedAt: '2026-03-02T15:00:00.000Z',
      },
      { track: 'radiotherapy', title: 'Radiotherapy', starts: 'by decision', phase: 'waiting' },
    ]);
    const lines = courseLines(view).join('\n');
    expect(lines).toMatch(
      /Beside the course\n.*Tablets +month-1\.ready +since .*\n.*Radiotherapy +begins if it is decided/,
    );
  });

  it('tells where a track comes back to while the plan is off its course', () => {
    const plan = beside();
    leave(plan, 'postponement');
    expect(seen(plan).tracks[0]).toMatchObject({ phase: 'postponement', returnsTo: 'month-1.ready' });
    expect(courseLines(seen(plan)).join('\n')).toMatch(/postponement, returns to month-1\.ready/);
    comeBack(plan);
    expect(seen(plan).tracks[0]).not.toHaveProperty('returnsTo');
  });

  it('says of a stage that others do it', () => {
    const plan = beside();
    plan.report('rays', '2026-03-02');
    const view = seen(plan);
    expect(view.stages.find(({ stage }) => stage === 'rays')).toMatchObject({ elsewhere: true });
    expect(courseLines(view).join('\n')).toMatch(/Radiation +begun; elsewhere/);
  });
});
