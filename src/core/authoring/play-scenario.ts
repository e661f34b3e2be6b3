import { instantOf } from '../model/calendar.ts';
import type { PlanEvent } from '../model/event.schema.ts';
import { Failure } from '../model/failure.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { countedAnywhere } from '../plan/other-plans.ts';
import type { Answer } from '../plan/outcome.schema.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { clearingsDiffer, disappointment, reasonsDiffer, type Seen } from './expectations.ts';
import type { Opened } from './issues.ts';
import { NOON } from './noon.ts';
import { begin, type Play, passTime, send } from './play.ts';
import { type Problem, Refused } from './problem.ts';
import type { ScenarioFile, ScenarioStep } from './scenario.schema.ts';
import { type MeasuredStep, makersOf, personOf } from './scenario-events.ts';
import type { Path } from './source.ts';
import { traceOf } from './trace.ts';

/** A scenario that was read without a problem. */
export interface Scenario {
  readonly file: Opened<ScenarioFile>;
  readonly value: ScenarioFile;
  readonly steps: readonly MeasuredStep[];
}

export function played(pathway: Pathway, { file, value, steps }: Scenario) {
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
    const seen = { pathway, zone, state: play.state, answer: taken.answer, steps: play.steps.slice(before) };
    problems.push(...looked(one.written, seen, { path, problemAt: file.problemAt }));
    if (taken.answer?.outcome === 'rejected') break;
  }
  return { problems, trace: traceOf(play.steps, zone) };
}

const timeOf = ({ day, time = NOON }: Pick<ScenarioStep, 'day' | 'time'>, zone: string): string =>
  instantOf(`${day}T${time}`, zone);

/** A made-up patient has no other plan until a line tells of one. */
const startOf = (pathway: Pathway, { start }: ScenarioFile): PlanEvent => {
  const { id, version, clinic } = pathway;
  const { treatment, donor } = start.areas ?? {};
  const areas: PlanState['areas'] = {
    ...(treatment ? { treatment: [...treatment] } : {}),
    ...(donor ? { donor: [...donor] } : {}),
  };
  return {
    id: 'start',
    source: 'scenario',
    type: 'startPlan',
    actor: personOf(start.by ?? COORDINATOR, clinic),
    ...(countedAnywhere(pathway).size > 0 ? { otherPlans: [] } : {}),
    data: {
      ...{ planId: 'scenario', patient: 'patient-1' },
      pathway: { id, version, digest: '0'.repeat(64) },
      ...(Object.keys(areas).length > 0 ? { areas } : {}),
      ...(start.figures ? { figures: start.figures } : {}),
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
