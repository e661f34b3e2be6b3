import { z } from 'zod';
import { dueText } from '../../authoring/expectations.ts';
import { namesOf } from '../../authoring/reason-words.ts';
import { localDateOf } from '../../model/calendar.ts';
import { Name } from '../../model/primitives.schema.ts';
import type { Pathway } from '../../pathway/pathway.ts';
import { linesOf } from '../../plan/lines.ts';
import type { PlanState } from '../../plan/plan-state.schema.ts';
import type { Step } from '../../plan/walk.ts';

/** What happened to a made-up patient, as far as people act on it: each thing by its name, so that two tellings compare. */
export interface Happened {
  /** By rule and place, and which time: the day from which it held, and the one on which it let go. */
  readonly holds: ReadonlyMap<string, string>;
  /** By what was asked and when: `open`, or why not. */
  readonly gates: ReadonlyMap<string, string>;
  /** By what is waited for, and which time: by when. */
  readonly dues: ReadonlyMap<string, string>;
  readonly way: readonly string[];
  readonly levels: readonly string[];
  readonly end: string;
}

export function happened(pathway: Pathway, steps: readonly Step[]): Happened {
  const telling = { holds: new Map(), gates: new Map(), dues: new Map(), way: [], levels: [] };
  let before: PlanState | undefined;
  for (const one of steps) {
    tell(telling, { pathway, before, step: one });
    before = one.state;
  }
  const { status = 'not started', chart } = before ?? {};
  return { ...telling, end: chart === undefined ? status : `${status}, at ${chart}` };
}

interface Telling {
  readonly holds: Map<string, string>;
  readonly gates: Map<string, string>;
  readonly dues: Map<string, string>;
  readonly way: string[];
  readonly levels: string[];
}

interface Moment {
  readonly pathway: Pathway;
  readonly before: PlanState | undefined;
  readonly step: Step;
}

function tell(telling: Telling, { pathway, before, step }: Moment): void {
  const { state } = step;
  const today = localDateOf(state.now, pathway.zone);
  for (const [id, { generation }] of Object.entries(state.holds))
    if (before?.holds[id]?.generation !== generation)
      telling.holds.set(`${id}, no. ${generation}`, `from ${today}`);
  for (const [id, { generation }] of Object.entries(before?.holds ?? {})) {
    const key = `${id}, no. ${generation}`;
    if (state.holds[id]?.generation !== generation)
      telling.holds.set(key, `${telling.holds.get(key)} to ${today}`);
  }
  for (const [asked, came] of gatesOf(step)) telling.gates.set(`${asked} on ${today}`, came);
  tellDues(telling.dues, { pathway, before, step });
  for (const line of linesOf(pathway)) {
    const chart = chartOn(state, line);
    if (chart !== undefined && (before === undefined || chartOn(before, line) !== chart))
      telling.way.push(line === undefined ? chart : `${line}: ${chart}`);
  }
  if (state.escalation !== (before?.escalation ?? 0)) telling.levels.push(`${state.escalation} on ${today}`);
}

const chartOn = ({ chart, tracks }: PlanState, line: string | undefined): string | undefined =>
  line === undefined ? chart : tracks[line]?.chart;

/** Holds say by themselves from when to when; of the rest, by when it is due. */
function tellDues(dues: Map<string, string>, { pathway, before, step: { state } }: Moment): void {
  for (const [wait, { kind, dueAt }] of Object.entries(state.waits)) {
    if (kind === 'hold') continue;
    const isNew = before?.waits[wait] === undefined;
    // Some are called by the number of the step that asked.
    const id = wait.replace(/-\d+$/, '');
    const times = [...dues.keys()].filter((key) => key.startsWith(`${id}, no. `)).length;
    dues.set(`${id}, no. ${isNew ? times + 1 : times}`, dueText(dueAt, pathway.zone));
  }
}

const Asked = z.object({
  type: z.enum(['startProcedure', 'startPrep', 'bookAppointment']),
  data: z.object({ stage: Name }),
});

function gatesOf({ journal, answer }: Step): [string, string][] {
  return journal.flatMap(({ kind, details }): [string, string][] => {
    const asked = Asked.safeParse(details);
    if (!asked.success) return [];
    const what = `${asked.data.type} ${asked.data.data.stage}`;
    if (kind === 'event.accepted') return [[what, 'open']];
    if (kind !== 'request.refused' || answer.outcome !== 'refused') return [];
    return [
      [what, `refused: ${answer.reasons.map((reason) => namesOf(reason)[0] ?? reason.says).join(', ')}`],
    ];
  });
}
