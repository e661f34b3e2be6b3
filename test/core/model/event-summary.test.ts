import { summaryOf } from '../../../src/core/model/event-summary.ts';
import { eventOf } from '../../support/plan.ts';

it.each([
  [
    'names each fact once, and its site',
    eventOf('observation.recorded', {
      observations: [
        { fact: 'skin', area: 'left breast', value: ['infection'] },
        { fact: 'bmi', value: 31 },
        { fact: 'bmi', value: 32 },
      ],
    }),
    /: skin of the left breast, bmi$/,
  ],
  [
    'names the day of what was done',
    eventOf('procedure.performed', { stage: 'excision', performedOn: '2026-03-02' }),
    /: excision, 2026-03-02$/,
  ],
  [
    'names who sent it',
    eventOf('startProcedure', { stage: 'excision' }),
    /^startProcedure from \S+: excision$/,
  ],
  [
    'names nothing where there is nothing to name',
    eventOf('cancelPlan', { reason: 'moved away' }),
    /^cancelPlan from \S+$/,
  ],
])('the line of an event in the journal %s, and no value', (_name, event, line) => {
  const said = summaryOf(event);
  expect(said).toMatch(line);
  expect(said).not.toMatch(/31|32|infection|moved away/);
});
