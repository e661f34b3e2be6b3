import { compilePathway } from '../../../src/core/authoring/compile.ts';
import type { SentObservation } from '../../../src/core/model/event.schema.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { decide, openQuestions, openTasks } from '../../support/decided.ts';
import { actor, coordinator, nurse, RunningPlan, refusalOf } from '../../support/plan.ts';
import { CHOICES } from './choice-sample.ts';
import { alter, sourcesOf } from './sample.ts';

/** Rules of the other sample hold operations; here nothing does, so that choices alone move the plan. */
const { texts } = alter(CHOICES, 'pathway', 'ifUnknown: nurse', 'ifUnknown: narrow');
const whole = CompiledPathway.parse(compilePathway(sourcesOf(texts)).compiled);
const compiled = { ...whole, contraindications: [], eligibility: [], intervals: [] };
const surgeon = actor('surgeon-1', 'surgeon');
const at = (day: string): string => `${day}T15:00:00.000Z`;

const states = (plan: RunningPlan, ...observations: SentObservation[]) =>
  plan.observe(observations, at('2026-03-03'), { id: `facts-${plan.steps.length}`, actor: surgeon });
const both = (plan: RunningPlan, question: string, outcome: string) => {
  decide(plan, question, outcome, { by: surgeon });
  return decide(plan, question, outcome, { by: coordinator, role: 'patient' });
};

describe('a plan of the file, from its choices to its end', () => {
  const plan = new RunningPlan(compiled, at('2026-03-02'));
  const done = (day: string): void => plan.finishPhase(at(day));

  it('takes the narrow way while nobody has measured, and asks the rest in the assessment', () => {
    done('2026-03-02');
    expect(plan.state.choices).toMatchObject({ width: { value: 'narrow', by: 'unknown' } });
    expect(plan.state.chart).toBe('assessment');
    expect(openQuestions(plan)).toEqual(['decision/option', 'decision/risk', 'decision/pace']);
    expect(openTasks(plan)).toEqual([]);
  });

  it('does not offer the implant to whom it is not known to be offered', () => {
    const { code, reasons } = refusalOf(decide(plan, 'decision/option', 'implant', { by: surgeon }).answer);
    expect(code).toBe('CC3011');
    expect(reasons[0]?.says).toBe('Not yet: Implant needs smokes.');
    expect(openTasks(plan)).toEqual(['plan/choice-option/implant']);
    states(plan, { fact: 'smokes', value: true, from: 'patient' });
    const refused = refusalOf(decide(plan, 'decision/option', 'implant', { by: surgeon }).answer);
    expect(refused.reasons[0]?.says).toBe('Not offered: Implant.');
  });

  it('goes past the implant once own tissue is chosen, and the pace agreed on', () => {
    states(
      plan,
      { fact: 'birthDate', value: '1980-05-01', from: 'record' },
      { fact: 'height', value: 150, unit: 'cm', from: 'device' },
    );
    both(plan, 'decision/option', 'own-tissue');
    decide(plan, 'decision/pace', 'slow', { by: surgeon });
    decide(plan, 'decision/pace', 'slow', { by: nurse });
    expect(Object.keys(plan.state.choices).sort()).toEqual(['option', 'pace', 'width']);
    expect(plan.state.chart).toBe('assessment');
  });

  it('confirms the risk once its table can answer, and leaves the implant aside', () => {
    expect(refusalOf(decide(plan, 'decision/risk', 'high', { by: surgeon }).answer).code).toBe('CC3009');
    states(
      plan,
      { fact: 'neuropathy', value: 3 },
      { fact: 'glucose', value: 6, unit: 'mmol/L', from: 'laboratory' },
      { fact: 'nicotine', value: 'never', from: 'patient' },
      { fact: 'transfusion', value: 'never', from: 'record' },
    );
    decide(plan, 'decision/risk', 'high', { by: surgeon });
    expect(plan.state.chart).toBe('extra-or-not.decision');
    expect(plan.state.tasks['assessment/look']).toBeUndefined();
    expect(plan.state.waits['question/decision/extra-or-not']).toMatchObject({
      ladder: 'standard',
      climbs: 'emergency',
    });
  });

  it('does the stage that might have been left out, and chooses again after it', () => {
    both(plan, 'decision/extra-or-not', 'go-ahead');
    expect(plan.state.chart).toBe('extra.ready');
    plan.consent('cut-consent', '2026-03-03');
    expect(plan.start('extra').outcome).toBe('accepted');
    plan.report('extra', '2026-03-03');
    expect(plan.state.chart).toBe('extra.reassessment');
    decide(plan, 'decision/on', 'otherwise', { by: surgeon });
    expect(openQuestions(plan)).toEqual(['decision/option#2']);
    both(plan, 'decision/option#2', 'own-tissue');
    expect(plan.state.chart).toBe('fill.ready');
  });
});
