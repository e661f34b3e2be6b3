import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { Report } from './issues.ts';
import { NOON } from './noon.ts';
import { Refused } from './problem.ts';
import { type ScenarioFile, type ScenarioStep, VERBS } from './scenario.schema.ts';
import type { Path } from './source.ts';
import { checkKnown } from './vocabulary.ts';

export function checkOrder({ start, steps }: ScenarioFile, report: Report): void {
  let before = `${start.day} ${start.time ?? NOON}`;
  for (const [index, { day, time = NOON }] of steps.entries()) {
    const at = `${day} ${time}`;
    if (at < before) report(['steps', index, 'day'], new Refused('CC1093', `${at} is before ${before}`));
    else before = at;
  }
}

/** Whatever is expected of a figure, a choice, a track or home care, or told of that, the pathway has. */
export function checkExpected(
  { expect = [], adherence = {} }: ScenarioStep,
  { figures, choices, tracks, care, goals }: CompiledPathway,
  { path, report }: { readonly path: Path; readonly report: Report },
): void {
  const known = {
    figure: figures.map(({ figure }) => figure),
    choice: choices.map(({ choice }) => choice),
    track: tracks.map(({ track }) => track),
    care: care.map((one) => one.care),
    objective: goals.flatMap(({ objectives }) => objectives.map(({ objective }) => objective)),
  };
  for (const name of Object.keys(adherence))
    checkKnown('care', { name, known: known.care, path: [...path, 'adherence', name] }, report, 'key');
  for (const [index, one] of expect.entries()) {
    const at = [...path, 'expect', index];
    if (one.of === 'figure')
      checkKnown('figure', { name: one.figure, known: known.figure, path: at }, report);
    if (one.of === 'care') checkKnown('care', { name: one.care, known: known.care, path: at }, report);
    if (one.of === 'choice')
      checkKnown('choice', { name: one.choice, known: known.choice, path: at }, report);
    if (one.of === 'objective')
      checkKnown('objective', { name: one.objective, known: known.objective, path: at }, report);
    if (one.of === 'track') checkKnown('track', { name: one.track, known: known.track, path: at }, report);
  }
}

/** A line does one thing, and what it expects of an answer is of one that is given. */
export function checkVerb(written: ScenarioStep, path: Path, report: Report): void {
  const done = Object.keys(written).filter((key) => VERBS.includes(key));
  const [, second] = done;
  if (second !== undefined) {
    const says = `a line does one thing, and this one does ${done.join(' and ')}`;
    report([...path, second], new Refused('CC1069', says, 'make two lines of it'), 'key');
  }
  if (done.length === 0 && !written.expect)
    report(path, new Refused('CC1011', 'the line does nothing', `write one of: ${VERBS.join(', ')}`));
  if (written.references && !written.done)
    report(
      [...path, 'references'],
      new Refused('CC1069', 'only work that is done leaves something behind', 'add `done`'),
      'key',
    );
  if ((written.because || written.clears) && !isRefusedIn(written)) {
    const says = 'reasons are given only of what is refused';
    report(path, new Refused('CC1069', says, 'add `expect: refused`'));
  }
}

const isRefusedIn = ({ expect = [] }: ScenarioStep): boolean =>
  expect.some((one) => one.of === 'answer' && one.is === 'refused');

export function checkStages(
  written: ScenarioStep,
  { stages, clinic, goals }: CompiledPathway,
  { path, report }: { readonly path: Path; readonly report: Report },
): void {
  const known = stages.map(({ stage }) => stage);
  const { book, ask, performed, missed, cancelled, notPerformed, takenBack } = written;
  const named = { book, ask, performed, missed, cancelled, notPerformed, takenBack };
  for (const [key, one] of Object.entries(named)) {
    if (one === undefined) continue;
    const name = typeof one === 'string' ? one : one.stage;
    checkKnown('stage', { name, known, path: [...path, key] }, report);
  }
  const ofGoals = goals.map(({ goal }) => goal);
  for (const key of ['barrier', 'priority'] as const)
    for (const name of Object.keys(written[key] ?? {}))
      checkKnown('goal', { name, known: ofGoals, path: [...path, key, name] }, report, 'key');
  for (const [index, name] of (written.by ?? []).entries())
    checkKnown('role', { name, known: clinic.roles, path: [...path, 'by', index] }, report);
}
