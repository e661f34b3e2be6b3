import type { AskedFact } from '../core/plan/asked-twice.ts';
import type { Counted } from '../core/plan/due-anchors.ts';
import { explain } from './explanation.ts';
import { HandOver } from './hand-over.schema.ts';
import { patientView } from './patient-view.ts';
import type { Explanation } from './plan-view.schema.ts';
import { viewOf } from './plan-view.ts';

/** @param elsewhere - what the patient's other plans ask for */
export function handOverOf({ pathway, state, now }: Counted, elsewhere: readonly AskedFact[]): HandOver {
  const view = viewOf(pathway, state, now, elsewhere);
  const { tracks, ...main } = explain(pathway, state, now);
  const kept = Object.keys(HandOver.shape);
  const whole = Object.fromEntries(Object.entries(view).filter(([key]) => kept.includes(key)));
  return HandOver.parse({
    ...whole,
    at: now,
    flagged: view.observations.filter(({ flag }) => flag),
    next: [main, ...tracks].flatMap(nextOf),
    callWhen: patientView({ pathway, state, now }, undefined).callWhen,
  });
}

function nextOf({ gate }: Pick<Explanation, 'gate'>): HandOver['next'] {
  if (!gate) return [];
  const { stage, title, of, isOpen, bookedOn, window, reasons } = gate;
  return [{ stage, title, of, isOpen, bookedOn, window, reasons: reasons.map(({ says }) => says) }];
}
