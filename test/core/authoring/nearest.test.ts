import { didYouMean, nearest } from '../../../src/core/authoring/nearest.ts';

const ROLES = ['surgeon', 'nurse', 'coordinator', 'clinical-lead', 'patient'];

it.each([
  ['nurze', 'nurse'],
  ['Surgeon', 'surgeon'],
  ['co-ordinator', 'coordinator'],
  ['clinicallead', 'clinical-lead'],
  ['patients', 'patient'],
  ['dentist', undefined],
  ['', undefined],
])('%s most likely means %s', (written, meant) => {
  expect(nearest(written, ROLES)).toBe(meant);
});

it('names the words there are where none is near, and a dozen of them at most', () => {
  expect(didYouMean('dentist', ROLES)).toBe('known: surgeon, nurse, coordinator, clinical-lead, patient');
  const many = Array.from({ length: 14 }, (_, at) => `role-${at}`);
  expect(didYouMean('dentist', many)).toMatch(/^known are role-0, .*role-11, and 2 more$/);
});
