import { broken, tryFiles } from './fuzzing.ts';

/** Beside this file, another tries as many from another seed, at the same time. */
it('a file broken anywhere is compiled to something that runs, or refused with a code and a place', () => {
  const { tried, compiled } = tryFiles(broken, { share: 0.45, seed: 1 });
  expect(compiled).toBeGreaterThan(tried / 50);
  expect(compiled).toBeLessThan(tried);
}, 300_000);
