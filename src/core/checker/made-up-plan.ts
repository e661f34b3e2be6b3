import { addDays, daysBetween, localDateOf } from '../model/calendar.ts';
import type { FactValue, PlanEvent } from '../model/event.schema.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR, GUARDIAN } from '../pathway/roles.ts';
import type { Observation, PlanState } from '../plan/plan-state.schema.ts';
import { BIRTH } from '../plan/signer.ts';
import { step } from '../plan/step.ts';
import { isDated } from '../rules/operators.ts';
import type { Known, Patient } from './space.ts';

/** The moment at which every made-up gate is asked: the first of the days on which cells are cut. */
export const NOW: Instant = '2027-03-01T18:00:00.000Z';

/** A plan that has begun, and of which nothing is known; in as few areas as its pathway allows. */
export function begunPlan(pathway: Pathway): PlanState {
  const { compiled } = pathway;
  const sites = Object.entries(compiled.areas).flatMap(([role, choice]) =>
    choice ? [[role, choice.choose === 'all' ? [...choice.sites] : choice.sites.slice(0, 1)] as const] : [],
  );
  const event: PlanEvent = {
    id: 'start',
    source: 'checker',
    type: 'startPlan',
    actor: { id: 'coordinator-1', roles: [COORDINATOR], clinic: compiled.clinic.clinic },
    data: {
      planId: 'checked',
      patient: 'patient-1',
      pathway: { id: pathway.id, version: pathway.version, digest: '0'.repeat(64) },
      ...(sites.length > 0 ? { areas: Object.fromEntries(sites) } : {}),
    },
  };
  return step(pathway, undefined, event, NOW).state;
}

/** The plan with all in order at one stage's gate: the patient's facts, consent, clearance, and a history that is known. */
export function inOrder(
  pathway: Pathway,
  begun: PlanState,
  view: StageDefinition,
  patient: Patient,
): PlanState {
  const today = localDateOf(NOW, pathway.zone);
  const { consent } = view;
  const signers = consent ? [consent.by, GUARDIAN] : [];
  const grown = { fact: BIRTH, area: undefined, value: { date: GROWN, today }, words: '' };
  const known =
    patient.some(({ fact }) => fact === BIRTH) || !pathway.fact(BIRTH) ? patient : [...patient, grown];
  return {
    ...begun,
    now: NOW,
    historyKnownAt: NOW,
    otherPlans: [],
    observations: observed(pathway, begun, view, known),
    consents: signers.map((by) => ({ form: consent?.form ?? '', by, signedOn: today })),
    tasks: { ...begun.tasks, ...cleared(view) },
  };
}

const GROWN: LocalDate = '1980-06-15';

function cleared({ stage, prep = [], beforeEach }: StageDefinition): PlanState['tasks'] {
  const of = (phase: string, tasks: typeof prep) =>
    tasks.flatMap(({ task, title, role, clears }) =>
      clears
        ? [
            [
              `${stage}.${phase}/${task}`,
              {
                title,
                role,
                status: 'completed' as const,
                belongsTo: `${stage}.${phase}`,
                createdAt: NOW,
                completedAt: NOW,
                turn: { round: 1 },
              },
            ] as const,
          ]
        : [],
    );
  return Object.fromEntries([...of('prep', prep), ...of('ready', beforeEach)]);
}

function observed(
  pathway: Pathway,
  { areas }: PlanState,
  view: StageDefinition,
  patient: Patient,
): PlanState['observations'] {
  const found: Record<string, Observation[]> = {};
  for (const known of patient) {
    const derived = pathway.derived(known.fact);
    const definition = pathway.fact(derived?.of ?? known.fact);
    if (!definition) continue;
    const base = patient.find(({ fact }) => fact === derived?.of);
    const values = derived ? valuesBehind(known, derived.way, base) : [plain(known, pathway.zone)];
    for (const area of definition.byArea ? sitesOf(known.area, view, areas) : [undefined])
      found[definition.fact] = values.reduce(
        (all, value, index) =>
          withSeen(all, observation(definition, value, { area, daysAgo: values.length - 1 - index })),
        found[definition.fact] ?? [],
      );
  }
  return found;
}

/** What was seen of one site at one time is one observation, however many rules ask about it. */
function withSeen(all: readonly Observation[], one: Observation): Observation[] {
  const same = all.find(({ area, observedAt }) => area === one.area && observedAt === one.observedAt);
  if (!same) return [...all, one];
  if (!Array.isArray(same.value) || !Array.isArray(one.value)) return [...all];
  const both = [...new Set([...same.value, ...one.value])];
  return all.map((other) => (other === same ? { ...same, value: both } : other));
}

/** A date as it lies today. */
function plain({ value }: Known, zone: string): FactValue {
  if (!isDated(value)) return asFact(value);
  if (value.date === 'never') return 'never';
  return addDays(localDateOf(NOW, zone), -daysBetween(value.date, value.today));
}

function asFact(value: unknown): FactValue {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

type Way = NonNullable<ReturnType<Pathway['derived']>>['way'];

/** Observations, the earliest first, out of which a number is worked out that is known. */
function valuesBehind({ value }: Known, way: Way, base: Known | undefined): number[] {
  const wanted = typeof value === 'number' ? value : 0;
  const last = typeof base?.value === 'number' ? base.value : ANY_NUMBER;
  if (way.kind === 'sum') return [wanted];
  if (way.kind === 'fall')
    return [way.percent ? last / (1 - Math.min(wanted, 99) / 100) : last + wanted, last];
  return Array.from({ length: 'last' in way ? way.last : 1 }, () => wanted);
}

const ANY_NUMBER = 100;

function observation(
  definition: FactDefinition,
  value: FactValue,
  { area, daysAgo }: { readonly area: string | undefined; readonly daysAgo: number },
): Observation {
  const { is, from, fact } = definition;
  const observedAt = daysAgo === 0 ? NOW : `${addDays(NOW.slice(0, 10), -daysAgo)}${NOW.slice(10)}`;
  return {
    value,
    ...(is.kind === 'number' ? { unit: is.unit } : {}),
    source: from[0] ?? '',
    actor: 'checker',
    observedAt,
    ...(area === undefined ? {} : { area }),
    event: `checker/${fact}-${daysAgo}`,
    step: 1,
  };
}

/** Where a fact is looked at that is asked by area. */
function sitesOf(area: string | undefined, view: StageDefinition, areas: PlanState['areas']): string[] {
  if (area === 'treatment' || area === 'donor') return [...(areas[area] ?? [])];
  const roles = [view.in, view.andIn].flatMap((role) => role ?? []);
  const own = roles.flatMap((role) => areas[role] ?? []);
  return area === undefined || area === 'any area of this stage' ? own : [area];
}
