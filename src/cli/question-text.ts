import type { PlanView } from '../api/plan-view.schema.ts';
import { deadline, section, table, when } from './text.ts';

/** What people are asked, with the votes so far; and what they have decided. */
export function questionLines({
  questions,
  decided,
  timeZone,
}: Pick<PlanView, 'questions' | 'decided' | 'timeZone'>): string[] {
  const rows = table(questions.map((question) => questionRow(question, timeZone)));
  const asked = questions.flatMap((question, index) => [
    ...rows.slice(index, index + 1),
    ...moreOf(question, timeZone).map((line) => `    ${line}`),
  ]);
  const answers = decided.flatMap((one) => [
    `  ${one.title}${/[.?]$/.test(one.title) ? '' : ':'} ${one.outcome}, ${when(one.at, timeZone)}`,
    ...(one.table === undefined ? [] : [`    ${tableText(one.table, one.isUnknown)}`]),
    ...one.votes.map((vote) => `    ${voteText(vote, timeZone)}`),
  ]);
  return [...section('Asked', asked), ...section('Decided', answers)];
}

const tableText = (name: string, isUnknown: true | undefined): string =>
  isUnknown ? `the table ${name} had no answer by then` : `by the table ${name}`;

type QuestionRow = PlanView['questions'][number];

function questionRow({ id, title, roles, outcomes, dueAt, pausedAt, by }: QuestionRow, timeZone: string) {
  const due =
    pausedAt === undefined
      ? dueAt && `due ${deadline(dueAt, timeZone)}`
      : `stopped since ${when(pausedAt, timeZone)}`;
  return [whoText(by, roles), due ?? '', title, outcomes.join(' or '), id];
}

function whoText(by: QuestionRow['by'], roles: readonly string[]): string {
  if (by?.kind === 'board') return `the board of ${roles.join(', ')}`;
  const who = roles.join(' and ');
  return by?.kind === 'table' ? `the table ${by.table} (${who})` : who;
}

/** Only where there is more to say than that nobody has answered yet. */
function moreOf({ votes, by, stillAsked, notKnown, putOffTo }: QuestionRow, timeZone: string): string[] {
  const isOpen = votes.length > 0 || by?.kind === 'board';
  return [
    ...votes.map((vote) => voteText(vote, timeZone)),
    ...(by?.kind === 'board' ? [boardText(by)] : []),
    ...(putOffTo === undefined ? [] : [`not before ${when(putOffTo, timeZone)}`]),
    ...(isOpen ? [`still asked: ${stillAsked.join(', ')}`] : []),
    ...(notKnown.length === 0 ? [] : [`to be known first: ${notKnown.join(', ')}`]),
  ];
}

function boardText({ quorum, agree, tie }: Extract<NonNullable<QuestionRow['by']>, { kind: 'board' }>) {
  const present = quorum === 'every role' ? 'one of every role' : `${quorum} of them`;
  const wins = agree === 'all' ? 'all agree' : 'more than half agree';
  return `decided once ${present} have voted and ${wins}${tie === undefined ? '' : `; in a tie, the ${tie} decides`}`;
}

function voteText(
  { by, role, outcome, at, note, recordedBy }: QuestionRow['votes'][number],
  timeZone: string,
) {
  const whose = recordedBy === undefined ? `${by} (${role})` : `${by} (${role}), as ${recordedBy} recorded`;
  return `${whose}: ${outcome}, ${when(at, timeZone)}${note === undefined ? '' : `: ${note}`}`;
}
