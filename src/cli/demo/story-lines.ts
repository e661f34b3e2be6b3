import { z } from 'zod';
import { type Problem as FileProblem, formatProblem } from '../../core/authoring/problem.ts';
import type { PlanEvent } from '../../core/model/event.schema.ts';
import { StepDone } from '../../core/pathway/decisions.schema.ts';
import type { JournalEntry } from '../../core/plan/outcome.schema.ts';
import { problemText } from '../reason-text.ts';
import { deadline, when } from '../text.ts';
import type { Happening, SeenStep } from './demo-stage.ts';
import { type Before, senderOf, sentText } from './sent-text.ts';

/** A row of the story: when, who, and what; `tone` is for those who can see it. */
export interface Row {
  readonly at: string;
  readonly who?: string;
  readonly text: string;
  readonly tone?: Tone;
}
export type Tone = 'alarm' | 'ladder' | 'good' | 'quiet';

type Kind = JournalEntry['kind'];

/** The answer and what was sent say it already. */
const SAID_OTHERWISE: readonly Kind[] = [
  'event.accepted',
  'event.rejected',
  'request.refused',
  'question.voted',
  'question.answered',
  'task.completed',
  'plan.started',
];

/** Several of these at one moment are one row. */
const TOGETHER: readonly Kind[] = ['task.requested', 'task.cancelled', 'phase.entered'];

const LEADS: Readonly<Partial<Record<Kind, string>>> = {
  'task.requested': 'To do: ',
  'alert.raised': 'Alert: ',
  'deviation.raised': 'Deviation: ',
};

const TONES: Readonly<Partial<Record<Kind, Tone>>> = {
  'hold.raised': 'alarm',
  'alert.raised': 'alarm',
  'deviation.raised': 'alarm',
  'escalation.raised': 'ladder',
  'hold.cleared': 'good',
  'gate.opened': 'good',
  'override.granted': 'good',
  'override.ended': 'alarm',
};

/** What somebody sent, what the plan answered, and what came of it. */
export function sentRows(event: PlanEvent, happening: Happening, before: Before): Row[] {
  const at = happening.state.now;
  const { zone } = before.pathway;
  return [
    { at, who: senderOf(event), text: sentText(event, before) },
    ...(happening.problem
      ? [{ at, text: problemText(happening.problem, zone), tone: 'alarm' } as const]
      : []),
    ...passedRows(happening, zone),
  ];
}

/** What came to pass. What a ladder repeats stands once, with how often it was said. */
export function passedRows({ steps }: Pick<Happening, 'steps'>, zone: string): Row[] {
  const rows = steps.flatMap((step) => stepRows(step, zone));
  return rows.flatMap((row, index) => {
    if (row.tone !== 'ladder') return [row];
    const same = rows.filter(({ text }) => text === row.text);
    const last = same.at(-1);
    if (rows.findIndex(({ text }) => text === row.text) < index) return [];
    const again = same.length === 1 || !last ? '' : ` (${same.length} times, last ${when(last.at, zone)})`;
    return [{ ...row, text: `${row.text}${again}` }];
  });
}

function stepRows({ at, entries, told }: SeenStep, zone: string): Row[] {
  const shown = entries.filter((entry) => !SAID_OTHERWISE.includes(entry.kind) && !isGoingOn(entry));
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  const said = kinds.flatMap((kind) => {
    const all = shown.filter((one) => one.kind === kind);
    return TOGETHER.includes(kind)
      ? [{ kind, says: [...new Set(all.map(({ says }) => says))], lead: LEADS[kind] ?? '' }]
      : all.map((one) => ({ kind, says: [one.says], lead: leadOf(one) }));
  });
  const rows = said.map(({ kind, says, lead }): Row => {
    const roles = told.filter((one) => says.includes(one.says)).map(({ role }) => role);
    const tone = TONES[kind];
    return { at, text: `${lead}${inZone(says.join('; '), zone)}${toText(roles)}`, ...(tone ? { tone } : {}) };
  });
  const rest = told.filter((one) => !said.some(({ says }) => says.includes(one.says)));
  const words = [...new Set(rest.map(({ says }) => says))];
  return [
    ...rows,
    ...words.map((says): Row => {
      const roles = rest.filter((one) => one.says === says).map(({ role }) => role);
      return { at, text: `${toText(roles).trimStart()}: ${inZone(says, zone)}`, tone: 'quiet' };
    }),
  ];
}

/** Whoever decided has said so; where that leads on as foreseen, there is no more to say. */
const isGoingOn = ({ kind, details }: SeenStep['entries'][number]): boolean =>
  kind === 'action.taken' && Taken.safeParse(details).data?.step.do === 'go';

const Taken = z.object({ step: z.object({ do: StepDone }) });

function leadOf({ kind, details }: SeenStep['entries'][number]): string {
  if (kind !== 'escalation.raised') return LEADS[kind] ?? '';
  const level = Number(details.level) > 0 ? `, level ${details.level}` : '';
  return `Rung ${Number(details.rung) + 1}${level}. `;
}

const toText = (roles: readonly string[]): string =>
  roles.length === 0 ? '' : ` → ${[...new Set(roles)].join(', ')}`;

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Times within a sentence, as the clinic's clock has them. */
const inZone = (text: string, zone: string): string => text.replaceAll(INSTANT, (at) => deadline(at, zone));

/** What the file had expected, and did not come. */
export const missedRows = (problems: readonly FileProblem[], at: string): Row[] =>
  problems.map((problem) => ({ at, text: formatProblem(problem), tone: 'alarm' }));
