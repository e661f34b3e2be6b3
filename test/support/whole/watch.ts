import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Step } from '../../../src/core/plan/step.ts';
import { must } from '../hunt/breach.ts';
import { durationOf } from '../plain.ts';
import type { Stepper } from '../simulation.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import { lookAtGoals } from './goals.ts';
import { answerOn, isOfSession, lookAtOpened } from './opened-gates.ts';
import { answerAt, nextOf, opinionAt, roundOf, type Seen } from './second-look.ts';
import { Told } from './told.ts';

/** One step in so many is taken twice, and its state read back. */
const CLOSE = 8;

const REQUESTS: readonly string[] = [
  ...['startPlan', 'startPrep', 'bookAppointment', 'leaveCourse', 'returnToCourse', 'startProcedure'],
  ...['cancelPlan', 'releaseHold', 'grantOverride', 'countersignOverride', 'revokeOverride', 'decide'],
];

/** Looks at every step of a plan from beside it. Its methods throw a `Breach`. */
export class Watch {
  readonly seen = new Map<string, number>();
  readonly told: Told;
  readonly #compiled: CompiledPathway;
  readonly #pathway: Pathway;
  readonly #step: Stepper;
  #steps = 0;

  constructor(compiled: CompiledPathway, pathway: Pathway, step: Stepper) {
    this.#compiled = compiled;
    this.#pathway = pathway;
    this.#step = step;
    this.told = new Told(compiled);
  }

  take(before: PlanState | undefined, event: PlanEvent, now: string): Step {
    this.#steps += 1;
    const taken = this.#step(this.#pathway, before, event, now);
    if (this.#steps % CLOSE === 0) this.#closely(before, event, now, taken);
    const { state, answer, journal } = taken;
    this.saw(`${event.type} ${answer.outcome}`);
    for (const { kind } of journal) this.saw(kind);
    must(answer.outcome !== 'quarantined', 'a step that fails is a defect');
    must(
      answer.outcome !== 'refused' || REQUESTS.includes(event.type),
      `${event.type} is a fact, and was refused`,
    );
    if (before) this.#lookAtAnswer(before, event, taken);
    if (answer.outcome === 'accepted') this.told.take(event, { before, state });
    for (const { kind, details } of journal) if (kind === 'choice.made') this.#lookAtChoice(state, details);
    this.#lookAtMaintenance(state);
    lookAtGoals(this.#seenIn(state, state.now), (what) => this.saw(what));
    lookAtWaits(this.#compiled, state);
    return taken;
  }

  saw(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  #seenIn(state: PlanState, now: string): Seen {
    return { compiled: this.#compiled, told: this.told, state, now };
  }

  /** Pure, and what it gives is read back byte for byte. */
  #closely(before: PlanState | undefined, event: PlanEvent, now: string, taken: Step): void {
    const text = JSON.stringify(taken);
    const copy = before === undefined ? before : JSON.parse(JSON.stringify(before));
    const again = this.#step(this.#pathway, copy, JSON.parse(JSON.stringify(event)), now);
    must(JSON.stringify(again) === text, 'pure: the same inputs give the same step');
    const kept = PlanState.safeParse(JSON.parse(text).state);
    must(kept.success, () => `schema: ${kept.error?.message}`);
    must(JSON.stringify(JSON.parse(text)) === text, 'schema: a step survives JSON');
  }

  #lookAtAnswer(before: PlanState, event: PlanEvent, { state, answer }: Step): void {
    const seen = this.#seenIn(before, state.now);
    if (answer.outcome === 'refused') {
      must(answer.says !== '', 'what is refused says why');
      must(answer.code !== 'CC3001' || answer.reasons.length > 0, 'a gate that stays closed has a reason');
      for (const reason of answer.reasons) {
        must(reason.says !== '', 'a reason is in words');
        this.saw(
          `refused for ${reason.invariant}${reason.clears.length === 0 ? ', with nothing to clear it' : ''}`,
        );
        if (reason.clears.length === 0) this.saw(`nothing clears: ${reason.says.slice(0, 60)}`);
        const { rule, area } = reason.finding ?? {};
        if (event.type !== 'startProcedure' || rule === undefined) continue;
        const { stage: name } = event.data;
        must(isOfSession(seen, name, rule), () => `S2: ${rule} does not bear on the next session of ${name}`);
        const stage = this.#compiled.stages.find(({ stage }) => stage === name);
        const when = this.#compiled.contraindications.find((one) => one.rule === rule)?.when;
        const isSigned = before.holds[[name, rule, ...(area ? [area] : [])].join('/')]?.needsSignature;
        if (!when || isSigned) continue;
        const said = opinionAt(seen, when, stage, area);
        must(
          said === reason.finding?.result,
          () => `S2: ${rule} is ${said}, and not ${reason.finding?.result}`,
        );
      }
    }
    if (answer.outcome !== 'accepted') return;
    if (event.type !== 'startProcedure' && event.type !== 'startPrep') return;
    const of = event.type === 'startPrep' ? 'prep' : 'procedure';
    this.saw(`gate of ${of} opened`);
    const stage = this.#compiled.stages.find((one) => one.stage === event.data.stage);
    const next = stage && nextOf(seen, stage).session?.session;
    const opened = state.gates.at(-1)?.session;
    must(opened === next, () => `choice: a gate opened for ${opened}, and ${next} is next for this patient`);
    lookAtOpened(seen, event.data.stage, of);
    if (of === 'procedure') this.#lookAtLevels(seen, event.data.stage, state);
  }

  /** What a table's answer lowers, it lowers by one level, and once for each session. */
  #lookAtLevels(seen: Seen, name: string, after: PlanState): void {
    const stage = this.#compiled.stages.find((one) => one.stage === name);
    if (!stage?.table) return;
    const answer = answerOn(seen, nextOf(seen, stage));
    const { skipped = [] } = seen.state.stages[name] ?? {};
    const round = roundOf(seen.state, name);
    const given = seen.state.performed.filter(
      (one) => one.stage === name && one.round === round && one.counts,
    );
    const key = [name, round, given.length + skipped.length + 1, answer].join('/');
    const isNew = !this.told.lowered.has(key);
    this.told.lowered.add(key);
    for (const one of this.#compiled.figures) {
      if (!('levels' in one.is)) continue;
      const { levels } = one.is;
      const changes = (stage.table.outcomes[answer ?? ''] ?? []).flatMap((step) =>
        (step.do === 'lower' || step.do === 'raise') && step.figure === one.figure && !step.for
          ? [step.do]
          : [],
      );
      const by = isNew ? changes.reduce((sum, change) => sum + (change === 'lower' ? -1 : 1), 0) : 0;
      const from = levels.indexOf(this.#levelIn(seen.state, one.figure));
      const to = levels[Math.max(0, Math.min(levels.length - 1, from + by))];
      const level = this.#levelIn(after, one.figure);
      must(level === to, () => `levels: ${one.figure} is ${level}, and not ${to}`);
      if (by !== 0) this.saw('level lowered');
      if (!isNew && changes.length > 0) this.saw('level not lowered twice');
    }
  }

  #levelIn({ levels }: PlanState, figure: string): string {
    const is = this.#compiled.figures.find((one) => one.figure === figure)?.is;
    const begun = this.told.figures.get(figure) ?? (is && 'levels' in is ? is.startsAt : '');
    return levels[figure]?.level ?? begun;
  }

  #lookAtChoice(state: PlanState, { choice, value, by }: Record<string, unknown>): void {
    this.saw(`${choice} chosen by ${by}`);
    const table = this.#compiled.choices.find((one) => one.choice === choice)?.table;
    const rule = this.#compiled.tables.find((one) => one.rule === table?.table);
    if (by !== 'table' || !rule) return;
    const answer = answerAt(this.#seenIn(state, state.now), rule);
    must(answer === value, () => `choice: ${choice} is ${value}, and its table says ${answer}`);
  }

  /** It lasts so long from when it was first entered after what was last done, and while its work is open. */
  #lookAtMaintenance(state: PlanState): void {
    const [name = '', phase] = state.chart.split('.');
    const definition = this.#compiled.maintenance.find(({ maintenance }) => maintenance === name);
    if (phase !== 'maintenance' || !definition) return;
    const behind = state.performed.length;
    const { maintained } = this.told;
    if (maintained?.name !== name || maintained.behind !== behind)
      this.told.maintained = { name, since: state.now, behind };
    const since = this.told.maintained?.since ?? state.now;
    const zone = this.#compiled.clinic.timeZone;
    const isOver = dayOn(state.now, zone) > daysLater(dayOn(since, zone), durationOf(definition.lasts));
    const isOwed = Object.values(state.tasks).some(
      (one) => one.belongsTo === state.chart && one.status === 'requested' && one.repeat === undefined,
    );
    const isAsked = Object.values(state.questions).some(({ answer }) => !answer);
    must(!isOver || isOwed || isAsked, () => `maintenance: ${name} since ${since} is over`);
    this.saw('maintained');
  }
}

/** S6: whoever owes what is open, and a timer ahead. */
function lookAtWaits(compiled: CompiledPathway, state: PlanState): void {
  const { waits, now, wake, tasks, questions, holds, status } = state;
  const isOver = status === 'completed' || status === 'revoked';
  must(wake.at === null || wake.at > now, () => `S6: the timer of ${wake.at} is not ahead`);
  must(isOver || wake.at !== null, 'S6: a plan under way has a timer');
  must(!isOver || Object.keys(waits).length === 0, 'S6: a plan that is over owes nothing');
  for (const [id, wait] of Object.entries(waits)) {
    must(compiled.clinic.roles.includes(wait.owner), () => `S6: ${id} is owed by nobody: ${wait.owner}`);
    must(wait.pausedAt !== undefined || wait.nextAt > now, () => `S6: no rung of ${id} is ahead`);
  }
  for (const [id, { status: of, bookingOf }] of Object.entries(tasks)) {
    const isForBooking =
      bookingOf !== undefined && (`start/${bookingOf}` in waits || `report/${bookingOf}` in waits);
    must(of !== 'requested' || `task/${id}` in waits || isForBooking, () => `S6: task ${id} waits unseen`);
  }
  for (const [id, { answer }] of Object.entries(questions))
    must(answer !== undefined || `question/${id}` in waits, () => `S6: question ${id} waits unseen`);
  for (const id of Object.keys(holds)) must(`hold/${id}` in waits, () => `S6: hold ${id} waits unseen`);
}
