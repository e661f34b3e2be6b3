import type {
  CompiledPathway,
  ListedSession,
  StageDefinition,
} from '../../../src/core/pathway/compiled.schema.ts';
import type { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import type { Table } from '../../../src/core/pathway/rules.schema.ts';
import type { OnlyFor } from '../../../src/core/pathway/tailoring.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { leavesOf, type Opinion, worldOf } from '../oracle.ts';
import { opinionOn } from '../oracle-facts.ts';
import { dayOn } from '../wall-calendar.ts';
import type { Told } from './told.ts';

/** A plan as somebody sees it who has the pathway, what was told, and where the plan stands. */
export interface Seen {
  readonly compiled: CompiledPathway;
  readonly told: Told;
  readonly state: PlanState;
  readonly now: string;
}

/** What is done at a stage's next session: the stage itself, where its sessions are alike. */
export interface Done {
  readonly stage: StageDefinition;
  readonly session: ListedSession | undefined;
  readonly names: readonly string[];
}

export const today = ({ compiled, now }: Seen): string => dayOn(now, compiled.clinic.timeZone);

export const roundOf = ({ stages }: PlanState, stage: string): number => stages[stage]?.round ?? 1;

/** Each choice is made as one of the values; undefined: one of them is not made. */
export function isFor({ choices }: PlanState, onlyFor: OnlyFor = []): boolean | undefined {
  const answers = onlyFor.map(({ choice, values }) => {
    const value = choices[choice]?.value;
    return value === undefined ? undefined : values.includes(value);
  });
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

export function nextOf(seen: Seen, stage: StageDefinition): Done {
  const session = nextSessionOf(seen, stage);
  const { procedures, traits } = session ?? stage;
  return { stage, session, names: [...procedures, ...traits] };
}

function nextSessionOf({ state }: Seen, { stage, list }: StageDefinition): ListedSession | undefined {
  if (!list) return undefined;
  const { goneBy = [], passedOver = [] } = state.stages[stage] ?? {};
  const round = roundOf(state, stage);
  const behind = new Set<string | undefined>([
    ...goneBy,
    ...passedOver.map(({ session }) => session),
    ...state.performed.flatMap((one) =>
      one.stage === stage && one.round === round && one.counts ? [one.session] : [],
    ),
  ]);
  const sessions = list.flatMap((item) => (item.kind === 'session' ? [item] : []));
  const ahead = sessions.filter(
    ({ session, onlyFor }) => !behind.has(session) && isFor(state, onlyFor) !== false,
  );
  return ahead[0] ?? sessions.findLast(({ onlyFor }) => isFor(state, onlyFor) !== false) ?? sessions.at(-1);
}

const isRole = (area: string): boolean => area === 'treatment' || area === 'donor';

/** The sites at which a condition is asked by itself; one that is undefined: of the stage as a whole. */
export function sitesOf({ compiled, state }: Seen, when: LoweredCondition, stage: StageDefinition) {
  const isSited = leavesOf(when).some(({ fact, params }) => {
    const base = compiled.derived.find(({ derived }) => derived === fact)?.of ?? fact;
    const isByArea = compiled.facts.some((one) => one.fact === base && one.byArea);
    return isByArea && (params?.area === undefined || isRole(params.area));
  });
  const sites = isSited && stage.in ? (state.areas[stage.in] ?? []) : [];
  return sites.length === 0 ? [undefined] : sites;
}

/** What a condition says now, at one place of a stage. */
export function opinionAt(
  { compiled, told, state, now }: Seen,
  when: LoweredCondition,
  stage?: StageDefinition,
  site?: string,
): Opinion {
  const name = stage?.stage ?? state.chart.split('.')[0] ?? '';
  const reached = ['procedure', 'closure', 'recovery'].flatMap(
    (phase) => state.enteredAt[`${name}.${phase}`] ?? [],
  );
  const world = worldOf(compiled, told.stated, now, {
    sessions: state.performed.map(({ performedOn, endedOn }) => endedOn ?? performedOn),
    treatment: state.areas.treatment ?? [],
    donor: state.areas.donor ?? [],
    enteredAt: state.enteredAt[`${name}.ready`] ?? reached.sort()[0],
    site,
    ...(stage ? { stageIn: [stage.in, stage.andIn].flatMap((role) => role ?? []), own: stage.in } : {}),
  });
  return opinionOn(when, world);
}

/** The most cautious answer of all places; undefined: one of them has none. */
export function answerAt(seen: Seen, table: Table, stage?: StageDefinition): string | undefined {
  const all = { any: table.rows.map(({ when }) => when) };
  const sites = stage ? sitesOf(seen, all, stage) : [undefined];
  const ranks = sites.map((site) => {
    for (const [rank, answer] of table.answers.entries()) {
      const said = table.rows
        .filter((row) => row.answer === answer)
        .map(({ when }) => opinionAt(seen, when, stage, site));
      if (said.includes('met')) return rank;
      if (said.includes('unknown')) return -1;
    }
    return -1;
  });
  return table.answers[Math.min(...ranks)];
}
