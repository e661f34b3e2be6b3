import { placeOf } from '../pathway/chart.ts';
import type { Action, ActionStep } from '../pathway/decisions.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { changeOnTheWay, nextStep, type Occasion, takeAction } from './actions.ts';
import { isAwaited } from './asked-decisions.ts';
import { askedOf as rolesAsked } from './boards.ts';
import { isDelayed } from './delays.ts';
import type { Draft } from './draft.ts';
import { placedIntervals } from './intervals.ts';
import { stageNow } from './listed-sessions.ts';
import { countedFrom, GO_ON, LATE, type PlacedInterval } from './placed-interval.ts';
import { keepQuestions, keepTaken, type QuestionToAsk } from './questions.ts';

/**
 * While a plan stands at a stage's gate and a latest day has passed, somebody is asked whether to go on, or what the rule
 * says for that is done. Of another day to count from it is another question, and the gate is closed again. Where what
 * followed led elsewhere, and the plan is back, it is asked again; not before what that waits for is over.
 */
export function askAboutLateness(draft: Draft): void {
  const { pathway, state, now } = draft;
  const { phase, stage: name } = placeOf(state.chart);
  const stage = phase === 'ready' || phase === 'prep' ? stageNow(pathway, state, name) : undefined;
  const late = (stage ? placedIntervals(pathway, state, stage, now) : [])
    .flatMap((one) => lateAt(one, stage?.stage ?? ''))
    .filter(({ id, stage: of }) => !id.includes('#') || mayAskAgain(draft, id, of));
  const steps = late.map((one) => ({ one, step: stepOn(draft, one) }));
  const wanted = steps.flatMap(({ one, step }): [string, QuestionToAsk][] =>
    step.do === 'ask' || step.do === 'decide' ? [[one.id, questionFor(pathway, one, step)]] : [],
  );
  keepQuestions(draft, LATE, new Map(wanted));
  // What is done may lead away from the gate: whatever else is late is looked at where the plan is then.
  const done = steps.find(({ step }) => step.do !== 'ask' && step.do !== 'decide');
  if (done) actOn(draft, done.one);
}

/** A latest day that has passed at one place of a stage. */
interface Late {
  /** Of the question that is open, or would be asked. */
  readonly id: string;
  readonly stage: string;
  readonly title: string;
  readonly anchor: string;
  readonly placed: PlacedInterval;
}

function lateAt(placed: PlacedInterval, stage: string): Late[] {
  const { finding, question: id } = placed;
  const { anchor, title, area, latest } = finding;
  if (id === undefined || anchor === undefined) return [];
  const what = area === undefined ? title : `${title}, ${area}`;
  const says = `${what}: ${countedFrom(finding)}, ${latest} was the last day.`;
  return [{ id, stage, title: says, anchor, placed }];
}

/** What was asked, or done, the time before. */
function timeBefore(id: string): string | undefined {
  const [first = id, time = ''] = id.split('#');
  return time === '' ? undefined : time === '2' ? first : `${first}#${Number(time) - 1}`;
}

/** An open one stays; another waits for the delay, the decision or the task that the one before it led to. */
function mayAskAgain({ pathway, state, now }: Draft, id: string, stage: string): boolean {
  if (Object.hasOwn(state.questions, id)) return true;
  return !isDelayed(pathway, state, stage, now) && !isAwaited(state, timeBefore(id) ?? id);
}

/** What is to be done now: somebody is asked, a decision, or what the rule itself says. */
function stepOn(draft: Draft, late: Late): ActionStep {
  const { interval, asked = [] } = late.placed;
  const { ifLate } = interval;
  const [role = COORDINATOR] = asked;
  if (!ifLate || 'ask' in ifLate) return { do: 'ask', role };
  if ('decide' in ifLate) return { do: 'decide', decision: ifLate.decide };
  const known = draft.state.questions[late.id];
  if (known)
    return known.decision === undefined ? { do: 'ask', role } : { do: 'decide', decision: known.decision };
  const before = draft.state.questions[timeBefore(late.id) ?? ''];
  // Back from where the rule had led: whoever brought the plan back says whether it goes on.
  if (before?.answer?.took === 'exit') return { do: 'ask', role: COORDINATOR };
  const occasion = occasionOf(late);
  const { step, before: onTheWay } = nextStep(draft, ifLate, occasion);
  if (step.do === 'ask' || step.do === 'decide') changeOnTheWay(draft, onTheWay, occasion);
  return step;
}

/** The rule answers for itself: what it says stands among the answers, and is taken. */
function actOn(draft: Draft, late: Late): void {
  const { id, stage, title, anchor, placed } = late;
  const action: Action = Array.isArray(placed.interval.ifLate) ? placed.interval.ifLate : [];
  const { rule, area } = placed.finding;
  const { now, state } = draft;
  const question = {
    ...{ rule, stage, title, about: anchor, roles: [COORDINATOR], outcomes: [BY_RULE] },
    ...(area === undefined ? {} : { area }),
    ...{ askedAt: now, askedIn: state.chart, votes: [] },
    answer: { outcome: BY_RULE, at: now, votes: [] },
  };
  draft.state = { ...state, questions: { ...state.questions, [id]: question } };
  keepTaken(draft, id, takeAction(draft, action, occasionOf(late)));
}

/** What the rule is said to have answered. */
const BY_RULE = 'by-rule';

const occasionOf = ({ id, stage, title, anchor, placed }: Late): Occasion => ({
  written: `interval/${placed.finding.rule}`,
  why: title,
  at: 'gate',
  stage,
  about: id,
  scope: anchor,
});

function questionFor(
  pathway: Pathway,
  { stage, title, anchor, placed }: Late,
  step: Extract<ActionStep, { do: 'ask' | 'decide' }>,
): QuestionToAsk {
  const { rule, area } = placed.finding;
  const decision = step.do === 'decide' ? pathway.decision(step.decision) : undefined;
  return {
    rule,
    ...(decision ? { decision: decision.decision } : {}),
    stage,
    ...(area === undefined ? {} : { area }),
    title,
    about: anchor,
    roles: [...(decision ? rolesAsked(decision.by) : step.do === 'ask' ? [step.role] : [])],
    outcomes: decision ? Object.keys(decision.outcomes) : [GO_ON],
  };
}
