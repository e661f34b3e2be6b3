import { broken, tryFiles } from './fuzzing.ts';

/** As its other half, from another seed. */
it('a file broken anywhere is compiled to something that runs, or refused with a code and a place', () => {
  const { tried, compiled } = tryFiles(broken, { share: 0.45, seed: 2 });
  expect(compiled).toBeGreaterThan(tried / 50);
  expect(compiled).toBeLessThan(tried);
}, 300_000);
