import { tryFiles } from './fuzzing.ts';
import { made } from './made-files.ts';

it('a file made by the grammar is compiled to something that runs, or refused with a code and a place', () => {
  const { tried, compiled } = tryFiles(made, { share: 0.1, seed: 3 });
  expect(compiled).toBeGreaterThan(tried / 2);
}, 300_000);
