import type { PastEvent } from '../../../src/core/model/event.schema.ts';
import type { ChargesDefinition } from '../../../src/core/pathway/charges.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { step } from '../../../src/core/plan/step.ts';
import { BY_SERVICE, chargedPathway, ledgerOf, monthly } from '../../support/charged.ts';
import { coordinator, eventOf, nurse, RunningPlan, startOf, told } from '../../support/plan.ts';

const noon = (day: string): string => `${day}T17:00:00.000Z`;
const START = noon('2026-03-02');
const NOW = noon('2026-05-20');

const given = (day: string): PastEvent => ({
  event: {
    ...{ id: `report-${day}`, source: 'clinic-before', type: 'procedure.performed', time: noon(day) },
    data: { stage: 'visit', performedOn: day },
  },
  actor: { id: nurse.id, roles: nurse.roles },
});

const paid = (charge: string, day: string): PastEvent => ({
  event: {
    ...{ id: `paid-${day}`, source: 'clinic-before', type: 'payment.settled', time: noon(day) },
    data: { charge },
  },
});

function broughtIn(charges: ChargesDefinition, events: PastEvent[]): RunningPlan {
  const compiled = chargedPathway(charges);
  const start = startOf(compiled, { actor: coordinator });
  if (start.type !== 'startPlan') throw new Error('a start');
  const event = { ...start, data: { ...start.data, broughtIn: { startedAt: START, events } } };
  const plan = new RunningPlan(compiled, START);
  plan.steps.splice(0, 1, told(step(loadPathway(compiled), undefined, event, NOW)));
  return plan;
}

describe('what fell due before a plan was brought in', () => {
  it('is recorded, and nobody is asked for it', () => {
    const plan = broughtIn(monthly(), [paid('2026-04', '2026-04-10')]);
    expect(ledgerOf(plan)).toEqual(['2026-04 settled 199 USD', '2026-05 elsewhere 199 USD']);
    expect(plan.last.charges).toEqual([]);
    const withheld = plan.journal.filter(({ kind }) => kind === 'effects.withheld').map(({ says }) => says);
    expect(withheld).toContain('Nobody is asked for what is past (payment of Month 2026-05)');
  });

  it('counts among the months of the programme: one is left', () => {
    const plan = broughtIn(monthly(), []);
    for (let { at } = plan.state.wake; at !== null && at < noon('2026-12-01'); { at } = plan.state.wake)
      plan.wake(at);
    expect(ledgerOf(plan)).toEqual([
      '2026-04 elsewhere 199 USD',
      '2026-05 elsewhere 199 USD',
      '2026-06 asked 199 USD',
    ]);
  });

  it('is not credited here, where its report is withdrawn: somebody is asked to see to it', () => {
    const plan = broughtIn(BY_SERVICE, [given('2026-03-10')]);
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 elsewhere 180 USD']);
    const withdrawn = { stage: 'visit', performedOn: '2026-03-10', reason: 'of another patient' };
    plan.send(eventOf('report.withdrawn', withdrawn));
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 void 180 USD']);
    expect(plan.last.charges).toEqual([]);
    expect(Object.values(plan.state.tasks).map(({ title }) => title)).toContainEqual(
      expect.stringContaining('may have been charged before the plan came here'),
    );
  });

  it('and a service that is given here is charged here', () => {
    const plan = broughtIn(BY_SERVICE, [given('2026-03-10')]);
    plan.report('visit', '2026-05-20');
    expect(ledgerOf(plan)).toEqual(['visit/2026-03-10 elsewhere 180 USD', 'visit/2026-05-20 asked 180 USD']);
  });
});
