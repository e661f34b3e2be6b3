import { lastInstantOf, localDateOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { sessionsIn } from '../pathway/pathway.ts';
import { tailored } from '../pathway/tailored.ts';
import { before } from './as-of.ts';
import type { DeviationCause } from './deviation.ts';
import type { Draft } from './draft.ts';
import { decideGate } from './gate.ts';
import { type Breach, earlyReport } from './intervals.ts';
import type { Reason } from './outcome.schema.ts';
import type { OpenedGate, PlanState } from './plan-state.schema.ts';

/** What a report is found to be, on the day on which the stage was performed. It is recorded whatever that is. */
export interface ReportFinding {
  /** What went against the pathway, in words; absent: nothing did. */
  readonly deviation?: string;
  /** Why it is one. */
  readonly code: Extract<DeviationCause, 'gate-not-opened' | 'gate-closed-that-day' | 'too-early'>;
  readonly reasons: readonly Reason[];
  /** False: it came too early to count. */
  readonly counts: boolean;
}

/**
 * Judges a report by the gate that had, or had not, been opened for it, and by what stood on that very day: what came
 * too early is a deviation even behind an open gate, unless grace excuses it; and so is what the gate would have held
 * back on that day. What came later excuses nothing and accuses nobody.
 */
export function judgeReport(
  { pathway: current, state, now }: Draft,
  reported: StageDefinition,
  report: { readonly performedOn: LocalDate; readonly gate: OpenedGate | undefined },
): ReportFinding {
  const { zone } = current;
  const { performedOn, gate } = report;
  const end = lastInstantOf(performedOn, zone);
  const at = end < now ? end : now;
  const of = { stage: reported.stage, session: current.sessionAt(reported) };
  const stood = withOverridesOf(gate, before(state, of, performedOn, zone));
  const { pathway, stage } = asHadThen({ pathway: current, state }, stood, reported);
  const breaches = earlyReport(pathway, stood, stage, at);
  const early = breaches.filter(({ isExcused }) => !isExcused);
  const counts = early.every(({ interval }) => interval.ifEarly === 'counts');
  if (stage.elsewhere) return judgedByItsDay(stage, early, counts);
  const decided = decideGate(pathway, stood, stage, at).filter((reason) => !isExcused(reason, breaches));
  if (!gate) {
    const says = saysOf(stage, { isOpen: false, isEarly: early.length > 0, counts });
    return { deviation: says, code: 'gate-not-opened', reasons: decided, counts };
  }
  const isSameDay = localDateOf(gate.openedAt, pathway.zone) === performedOn;
  const against = decided.filter((reason) => isAgainst(reason, isSameDay));
  const reasons = [...early.map(({ reason }) => reason), ...against];
  const isEarly = early.length > 0;
  const code = isEarly ? 'too-early' : 'gate-closed-that-day';
  if (reasons.length === 0) return { code, reasons, counts };
  return { deviation: saysOf(stage, { isOpen: true, isEarly, counts }), code, reasons, counts };
}

/** The pathway as the plan had it then, and the stage in it; one that was added since is judged as it is. */
function asHadThen(
  { pathway, state }: Pick<Draft, 'pathway' | 'state'>,
  stood: PlanState,
  stage: StageDefinition,
) {
  const then = stood.overlay === state.overlay ? undefined : tailored(pathway, stood.overlay);
  const known = then?.stage(stage.stage);
  if (!then || !known) return { pathway, stage };
  const session = sessionsIn(known).find((one) => one.session === pathway.sessionAt(stage));
  return {
    pathway: then.line(then.trackOf(stage.stage)),
    stage: session ? then.stageAt(session) : known,
  };
}

/** Others need no gate of this plan: what they did can only have been too early. */
function judgedByItsDay(stage: StageDefinition, early: readonly Breach[], counts: boolean): ReportFinding {
  const found = { code: 'too-early' as const, reasons: early.map(({ reason }) => reason), counts };
  if (early.length === 0) return found;
  return { ...found, deviation: saysOf(stage, { isOpen: true, isEarly: true, counts }) };
}

/** What the gate was let through by still covers what was done behind it. */
function withOverridesOf(gate: OpenedGate | undefined, stood: PlanState): PlanState {
  if (!gate || gate.overrides.length === 0) return stood;
  const overrides = Object.entries(stood.overrides).map(([id, override]) =>
    gate.overrides.includes(id) ? [id, { ...override, status: 'active' as const }] : [id, override],
  );
  return { ...stood, overrides: Object.fromEntries(overrides) };
}

/**
 * Behind a gate that opened on the same day, only what is known to stand against it: what was known in the morning may
 * be too old by the evening. On a later day, what nobody could tell any more as well. Intervals are looked at for
 * themselves; a latest day that passes behind an open gate is late, and was let through. What had to be decided had been
 * decided when it opened.
 */
function isAgainst({ invariant, finding, table, clears }: Reason, isSameDay: boolean): boolean {
  if (invariant === 'S1') return true;
  if (invariant === 'S3') return false;
  if (clears.flat().some((one) => one.kind === 'event' && one.type === 'decide')) return false;
  return !isSameDay || finding?.result === 'met' || table?.answer !== undefined;
}

function saysOf(
  { title }: StageDefinition,
  { isOpen, isEarly, counts }: { isOpen: boolean; isEarly: boolean; counts: boolean },
): string {
  const early = isEarly ? (counts ? ' too early' : ' too early to count') : '';
  const closed = isOpen
    ? isEarly
      ? ''
      : ', and on that day its gate would have been closed'
    : ', and its gate had not been opened';
  return `${title} was performed${early}${closed}${counts ? '' : ': it is owed again'}`;
}

const isExcused = ({ interval }: Reason, breaches: readonly Breach[]): boolean =>
  breaches.some(
    ({ reason, isExcused }) =>
      isExcused && reason.interval?.rule === interval?.rule && reason.interval?.area === interval?.area,
  );

/** The sites in which a stage is done: those chosen for the roles that it names. */
export const sitesDone = ({ state }: Draft, { in: role, andIn }: StageDefinition): string[] =>
  [role, andIn].flatMap((one) => (one === undefined ? [] : (state.areas[one] ?? [])));
