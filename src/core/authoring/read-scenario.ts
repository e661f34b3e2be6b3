import { instantOf } from '../model/calendar.ts';
import type { PlanEvent } from '../model/event.schema.ts';
import { Failure } from '../model/failure.ts';
import { areasOf as areaWords } from '../pathway/areas.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../pathway/pathway.ts';
import type { Answer } from '../plan/outcome.schema.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { clearingsDiffer, disappointment, reasonsDiffer, type Seen } from './expectations.ts';
import { type Opened, open, type Report } from './issues.ts';
import { NOON } from './noon.ts';
import { begin, type Play, passTime, send } from './play.ts';
import { type Problem, Refused } from './problem.ts';
import { checkZone } from './read-cases.ts';
import { ScenarioFile, type ScenarioStep, VERBS } from './scenario.schema.ts';
import { type MeasuredStep, makersOf, personOf } from './scenario-events.ts';
import type { Path, SourceFile } from './source.ts';
import { lowerStated } from './stated-facts.ts';
import { traceOf } from './trace.ts';
import { checkKnown } from './vocabulary.ts';

/** One scenario, ready to be played. */
export interface ReadScenario {
  readonly name: string;
  /** The pathway that it is of. */
  readonly of: string;
  readonly run: () => {
    /** Everything that came otherwise; the last of them where the plan did not take a line at all. */
    readonly problems: readonly Problem[];
    /** What happened, a line for each entry of the journal. */
    readonly trace: string;
  };
}

/**
 * Reads a scenario: a made-up patient on a pathway, day by day. It is played through the core, with the plan's own
 * timer ringing in between, as it would run.
 * @param pathways - by their names
 */
export function readScenario(
  source: SourceFile,
  pathways: ReadonlyMap<string, CompiledPathway>,
): { readonly scenario?: ReadScenario; readonly problems: readonly Problem[] } {
  const file = open(ScenarioFile, source);
  const { value, report, problems } = file;
  if (!value) return { problems };
  checkKnown('pathway', { name: value.of, known: [...pathways.keys()], path: ['of'] }, report);
  const compiled = pathways.get(value.of);
  if (!compiled) return { problems };
  checkZone(value, compiled, report);
  checkOrder(value, report);
  const sites = areaWords(compiled.clinic.areas).sites;
  const known = { facts: compiled.facts, sites, report };
  const steps = value.steps.map((written, index): MeasuredStep => {
    const path = ['steps', index];
    checkVerb(written, path, report);
    checkStages(written, compiled, { path, report });
    return measured(written, path, known);
  });
  if (problems.length > 0) return { problems };
  const run = () => played(loadPathway(compiled), { file, value, steps });
  return { scenario: { name: value.scenario, of: value.of, run }, problems };
}

function measured(
  written: ScenarioStep,
  path: Path,
  known: Omit<Parameters<typeof lowerStated>[1], 'path'>,
): MeasuredStep {
  const { fact = {}, facts = {}, correct = {} } = written;
  const corrections = Object.entries(correct).flatMap(([name, { on, value, in: site }]) =>
    lowerStated({ [name]: [{ value, in: site }] }, { ...known, path: [...path, 'correct'] }).map((one) => ({
      ...one,
      on,
    })),
  );
  return {
    written,
    facts: [
      ...lowerStated(fact, { ...known, path: [...path, 'fact'] }),
      ...lowerStated(facts, { ...known, path: [...path, 'facts'] }),
    ],
    corrections,
  };
}

function checkOrder({ start, steps }: ScenarioFile, report: Report): void {
  let before = `${start.day} ${start.time ?? NOON}`;
  for (const [index, { day, time = NOON }] of steps.entries()) {
    const at = `${day} ${time}`;
    if (at < before) report(['steps', index, 'day'], new Refused('CC1093', `${at} is before ${before}`));
    else before = at;
  }
}

/** A line does one thing, and what it expects of an answer is of one that is given. */
function checkVerb(written: ScenarioStep, path: Path, report: Report): void {
  const done = Object.keys(written).filter((key) => VERBS.includes(key));
  const [, second] = done;
  if (second !== undefined) {
    const says = `a line does one thing, and this one does ${done.join(' and ')}`;
    report([...path, second], new Refused('CC1069', says, 'make two lines of it'), 'key');
  }
  if (done.length === 0 && !written.expect)
    report(path, new Refused('CC1011', 'the line does nothing', `write one of: ${VERBS.join(', ')}`));
  if ((written.because || written.clears) && !isRefusedIn(written)) {
    const says = 'reasons are given only of what is refused';
    report(path, new Refused('CC1069', says, 'add `expect: refused`'));
  }
}

const isRefusedIn = ({ expect = [] }: ScenarioStep): boolean =>
  expect.some((one) => one.of === 'answer' && one.is === 'refused');

function checkStages(
  written: ScenarioStep,
  { stages, clinic }: CompiledPathway,
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
  for (const [index, name] of (written.by ?? []).entries())
    checkKnown('role', { name, known: clinic.roles, path: [...path, 'by', index] }, report);
}

interface Scenario {
  readonly file: Opened<ScenarioFile>;
  readonly value: ScenarioFile;
  readonly steps: readonly MeasuredStep[];
}

function played(pathway: Pathway, { file, value, steps }: Scenario) {
  const problems: Problem[] = [];
  const { zone } = pathway;
  const begun = begin(pathway, startOf(pathway, value), timeOf(value.start, zone));
  if (begun instanceof Failure) {
    const refused = new Refused('CC1095', begun.message);
    return { problems: [file.problemAt(['start'], refused)], trace: '' };
  }
  let play = begun;
  for (const [index, one] of steps.entries()) {
    const path = ['steps', index];
    const before = play.steps.length;
    play = passTime(play, timeOf(one.written, zone));
    const taken = take(play, one, index);
    if (taken instanceof Refused) {
      problems.push(file.problemAt(path, taken));
      break;
    }
    play = taken.play;
    const seen = { zone, state: play.state, answer: taken.answer, steps: play.steps.slice(before) };
    problems.push(...looked(one.written, seen, { path, problemAt: file.problemAt }));
    if (taken.answer?.outcome === 'rejected') break;
  }
  return { problems, trace: traceOf(play.steps, zone) };
}

const timeOf = ({ day, time = NOON }: Pick<ScenarioStep, 'day' | 'time'>, zone: string): string =>
  instantOf(`${day}T${time}`, zone);

const startOf = ({ id, version, clinic }: Pathway, { start }: ScenarioFile): PlanEvent => {
  const { treatment, donor } = start.areas ?? {};
  const areas: PlanState['areas'] = {
    ...(treatment ? { treatment: [...treatment] } : {}),
    ...(donor ? { donor: [...donor] } : {}),
  };
  return {
    id: 'start',
    source: 'scenario',
    type: 'startPlan',
    actor: personOf('coordinator', clinic),
    data: {
      ...{ planId: 'scenario', patient: 'patient-1' },
      pathway: { id, version, digest: '0'.repeat(64) },
      ...(Object.keys(areas).length > 0 ? { areas } : {}),
    },
  };
};

/** All that a line stands for, one event after another; the answer that counts is the last. */
function take(
  play: Play,
  one: MeasuredStep,
  index: number,
): { readonly play: Play; readonly answer: Answer | undefined } | Refused {
  let now = play;
  let answer: Answer | undefined;
  const at = timeOf(one.written, play.pathway.zone);
  for (const [part, make] of makersOf(one).entries()) {
    const events = make({ pathway: now.pathway, state: now.state, id: `line-${index + 1}-${part + 1}` });
    if (events instanceof Refused) return events;
    for (const event of events) {
      now = send(now, event, at);
      answer = now.steps.at(-1)?.answer;
      if (answer && answer.outcome !== 'accepted') return { play: now, answer };
    }
  }
  return { play: now, answer };
}

function looked(
  written: ScenarioStep,
  seen: Seen,
  { path, problemAt }: { readonly path: Path; readonly problemAt: Opened<ScenarioFile>['problemAt'] },
): Problem[] {
  const { expect = [], because, clears } = written;
  const { answer } = seen;
  const isForeseen = expect.some(({ of }) => of === 'answer') || answer === undefined;
  if (!isForeseen && answer.outcome !== 'accepted') {
    const why = disappointment({ of: 'answer', is: 'accepted', text: 'accepted' }, seen) ?? '';
    return [problemAt(path, new Refused('CC1095', why))];
  }
  const found = expect.flatMap((expected, index): Problem[] => {
    const instead = disappointment(expected, seen);
    const says = `expected ${expected.text}; seen: ${instead}`;
    return instead === undefined ? [] : [problemAt([...path, 'expect', index], new Refused('CC1090', says))];
  });
  if (answer?.outcome !== 'refused') return found;
  const { reasons } = answer;
  const others = [
    ['because', because, because && reasonsDiffer(because, reasons)],
    ['clears', clears, clears && clearingsDiffer(clears, reasons)],
  ] as const;
  for (const [key, expected = [], instead] of others)
    if (instead !== undefined)
      found.push(
        problemAt(
          [...path, key],
          new Refused('CC1090', `expected ${key} ${expected.join(', ')}; seen: ${instead}`),
        ),
      );
  return found;
}
