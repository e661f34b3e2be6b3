import { taskOf } from '../../support/pathways.ts';
import { besideOperations, chartsOf } from '../../support/tracks.ts';

it('a plan that ends before a track has begun does not say that it had', () => {
  const plan = besideOperations({ consultation: [taskOf('talk')] });
  plan.cancel();
  expect(chartsOf(plan)).toEqual({ main: 'cancelled', medicine: 'cancelled' });
  expect(plan.journal.filter(({ kind }) => kind === 'track.started')).toEqual([]);
  expect(plan.state.tracks.medicine).toEqual({ chart: 'cancelled' });
});
