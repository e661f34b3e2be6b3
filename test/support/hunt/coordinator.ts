import type { PlanEvent, SentObservation } from '../../../src/core/model/event.schema.ts';
import type { Clearing } from '../../../src/core/model/verdict.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Answer } from '../../../src/core/plan/outcome.schema.ts';
import type { Question } from '../../../src/core/plan/plan-state.schema.ts';
import { consentTo } from '../pathways.ts';
import { actor, coordinator, eventOf, nurse, patient } from '../plan.ts';
import { beginningOf, dayOn, shifted } from '../wall-calendar.ts';
import { clearingTask } from './clearance.ts';
import { remembered } from './doing.ts';
import { askedToBook, countsFromBooking, openQuestions, returned, voted } from './moving.ts';
import { likelyValue, observed, type Sender, type Situation, senderOf, sent } from './observing.ts';
import { both, dermatologist, guardian, lead } from './people.ts';
import type { Terms } from './terms.ts';

/** An event, and when it is sent at the earliest. */
export interface Planned {
  readonly event: PlanEvent;
  readonly notBefore?: string;
}

const HOUR = 3_600_000;

/** Sees to what comes next, carefully: what is open, everything that a refusal named, the next gate. */
export class Coordinator {
  /** What the last refusal made necessary, one thing after the other. */
  #list: Planned[] = [];

  get isBusy(): boolean {
    return this.#list.length > 0;
  }

  next(situation: Situation): Planned {
    const { random, state, terms, today } = situation;
    const [name, phase] = state.chart.split('.');
    const stage = terms.stage(name ?? '');
    const open = Object.entries(state.tasks).filter(([, { status }]) => status === 'requested');
    const inPhase = open.filter(([, task]) => task.belongsTo === state.chart);
    const own = inPhase.find(([, task]) => task.repeat === undefined) ?? inPhase[0];
    const unsigned = Object.entries(state.overrides).find(([, { status }]) => status === 'requested');
    if (unsigned && random.chance(0.5))
      return { event: eventOf('countersignOverride', { override: unsigned[0] }, { actor: lead }) };
    const called = open.find(([id]) => id.startsWith('plan/alert-'));
    if (called && random.chance(0.3)) return { event: done(situation, called[0]) };
    const isOff = state.leave !== undefined;
    const asked = openQuestions(situation);
    if (asked.length > 0 && random.chance(isOff ? 0.25 : 0.6)) {
      const question = random.pick(asked);
      const [missing] = random.chance(0.7) ? neededFor(situation, question[1]) : [];
      return missing ?? { event: voted(situation, question) };
    }
    if (isOff && random.chance(0.3)) return { event: returned(situation) };
    const isUnbooked = stage && state.bookings[stage.stage]?.status !== 'booked';
    if (stage && isUnbooked && (phase === 'prep' || phase === 'ready') && random.chance(bookingChance(stage)))
      return { event: askedToBook(situation) };
    // Rows of repeats would be done for ever.
    const often = phase === 'ready' ? 0.6 : 0.9;
    if (own && random.chance(own[1].repeat === undefined ? often : 0.25))
      return { event: done(situation, own[0]) };
    if (phase === 'procedure' && stage && random.chance(0.85))
      return { event: eventOf('procedure.performed', { stage: stage.stage, performedOn: today }) };
    const listed = this.#list.shift();
    if ((phase === 'ready' || phase === 'prep') && stage) {
      if (listed) return listed;
      const isSigned = state.consents.some(
        ({ form, withdrawnAt, usedFor }) =>
          form === stage.consent?.form && withdrawnAt === undefined && usedFor === undefined,
      );
      if (!isSigned) return { event: consentOf(situation, consentTo(stage)) };
      const signed = signature(situation) ?? exception(situation, stage.stage);
      if (signed) return { event: signed };
      if (Object.keys(state.holds).length > 0 && random.chance(0.3)) {
        this.#list = supplied(
          situation,
          Object.values(state.holds).flatMap(({ finding }) => finding.clears[0] ?? []),
        );
        const first = this.#list.shift();
        if (first) return first;
      }
      const request = phase === 'ready' && stage.prep ? 'startPrep' : 'startProcedure';
      return { event: eventOf(request, { stage: stage.stage }, { actor: coordinator }) };
    }
    const [any] = open;
    return {
      event: any && random.chance(0.6) ? done(situation, any[0]) : observed(situation, 0.8),
    };
  }

  /** What a refusal said would clear each of its reasons: one of the ways that it named. */
  heard(situation: Situation, answer: Answer): void {
    if (answer.outcome !== 'refused' || answer.code !== 'CC3001') return;
    const { random } = situation;
    const ways = answer.reasons.map(({ clears }) => {
      const [first = []] = clears;
      const aside = clears.find((way) => way.some(({ kind }) => kind === 'override'));
      if (aside && random.chance(0.35)) return aside;
      return random.chance(0.7) ? first : (clears[random.between(0, clears.length - 1)] ?? first);
    });
    const isFact = ({ kind }: Clearing) => kind === 'fact';
    this.#list = [
      ...supplied(
        situation,
        ways.flatMap((way) => way.filter(isFact)),
      ),
      ...ways.flatMap((way) => way.filter((one) => !isFact(one)).map((one) => cleared(situation, one))),
    ];
  }
}

/** Whoever signs a hold away, where one waits for that and its facts are known. */
function signature({ random, state, terms }: Situation): PlanEvent | undefined {
  const unsigned = Object.entries(state.holds).filter(
    ([, { needsSignature, finding }]) => needsSignature && finding.result !== 'unknown',
  );
  if (unsigned.length === 0 || random.chance(0.5)) return undefined;
  const [hold, { rule }] = random.pick(unsigned);
  const clears = terms.compiled.contraindications.find((one) => one.rule === rule)?.clears;
  const role = clears?.by === 'signature' ? clears.of : 'coordinator';
  return eventOf('releaseHold', { hold }, { actor: actor(`${role}-1`, role) });
}

/** An override of something that holds the stage, and may be set aside. */
function exception(situation: Situation, stage: string): PlanEvent | undefined {
  const { random, state, terms } = situation;
  const met = Object.values(state.holds).filter(({ rule, finding }) => {
    const allowed = terms.compiled.contraindications.find((one) => one.rule === rule)?.override;
    return allowed && (finding.result === 'met' || allowed.coversUnknown);
  });
  const isSetAside = Object.values(state.overrides).some(({ status }) => status === 'active');
  if (met.length === 0 || random.chance(isSetAside ? 0.95 : 0.7)) return undefined;
  const { rule } = random.pick(met);
  const by = terms.compiled.contraindications.find((one) => one.rule === rule)?.override?.by;
  return grantOf(situation, stage, by ?? []);
}

/** Where a guardian may have to sign, either does. */
function consentOf({ random, today }: Situation, consent: ReturnType<typeof consentTo>): PlanEvent {
  const { form, by, orGuardianBelow } = consent;
  if (orGuardianBelow && random.chance(0.4))
    return eventOf('consent.recorded', { form, by: 'guardian', signedOn: today }, { actor: guardian });
  return eventOf('consent.recorded', { form, by, signedOn: today }, { actor: patient });
}

const bookingChance = (stage: StageDefinition): number => (countsFromBooking(stage) ? 0.5 : 0.15);

function cleared(situation: Situation, one: Clearing): Planned {
  const { terms, state } = situation;
  const stage = terms.stage(state.chart.split('.')[0] ?? '');
  if (one.kind === 'date') {
    const notBefore = shifted(beginningOf(one.on, terms.zone), 9 * HOUR);
    return { event: observed(situation, 0.9), notBefore };
  }
  if (one.kind === 'override' && stage) return { event: grantOf(situation, stage.stage, one.by) };
  return { event: one.kind === 'event' ? eventFor(situation, one) : observed(situation, 0.9) };
}

/** Whoever clears for anaesthesia is of the task's own role; now and then somebody else tries, or tells of it late. */
function done({ random, terms, at }: Situation, task: string): PlanEvent {
  const clearing = clearingTask(terms, task);
  const isRight = clearing !== undefined && random.chance(0.9);
  const { role = 'nurse' } = clearing ?? {};
  const time = random.chance(0.1) ? { time: shifted(at, -random.pick([1, 5, 20, 30, 72, 200]) * HOUR) } : {};
  return eventOf('task.completed', { task }, isRight ? { actor: actor(`${role}-1`, role), ...time } : time);
}

function eventFor(
  situation: Situation,
  { type, needs, role }: Extract<Clearing, { kind: 'event' }>,
): PlanEvent {
  const { state, terms } = situation;
  const stage = terms.stage(state.chart.split('.')[0] ?? '');
  const who = actor(`${role}-1`, role);
  if (type === 'task.completed') return done(situation, needs);
  if (type === 'history.recorded') return remembered(situation, true);
  if (type === 'decide') {
    const question = Object.hasOwn(state.questions, needs) ? state.questions[needs] : undefined;
    if (question?.decision !== undefined) return voted(situation, [needs, question]);
    return eventOf('decide', { question: needs, outcome: 'go-on' }, { actor: who });
  }
  if (type === 'startPrep' && stage)
    return eventOf('startPrep', { stage: stage.stage }, { actor: coordinator });
  if (type === 'consent.recorded' && stage) return consentOf(situation, consentTo(stage));
  const hold = Object.keys(state.holds).find((id) => needs.includes(state.holds[id]?.rule ?? '?'));
  return eventOf('releaseHold', { hold: hold ?? 'no/hold' }, { actor: who });
}

function grantOf({ random, terms, state }: Situation, stage: string, by: readonly string[]): PlanEvent {
  const { tables } = terms.compiled;
  const table = terms.stage(stage)?.table;
  const relative = Object.values(state.holds).filter(
    ({ rule }) => terms.compiled.contraindications.find((one) => one.rule === rule)?.override,
  );
  const who = by.includes('dermatologist') ? random.pick([dermatologist, dermatologist, both]) : nurse;
  if (relative.length > 0 && (!table || random.chance(0.7))) {
    const { rule, area } = random.pick(relative);
    const where = area === undefined ? {} : { area };
    return eventOf('grantOverride', { rule, stage, reason: 'urgent', ...where }, { actor: who });
  }
  const answers = tables.find(({ rule }) => rule === table?.table)?.answers ?? ['none'];
  const grant = { rule: table?.table ?? 'none', stage, reason: 'urgent', answer: answers.at(-1) ?? 'none' };
  return eventOf('grantOverride', grant, { actor: who });
}

/** What a decision needs to be known, and nobody has told. */
function neededFor(situation: Situation, { decision }: Question): Planned[] {
  const { terms, state } = situation;
  const needs = terms.decision(decision ?? '')?.needs ?? [];
  const untold = needs.filter((fact) => !Object.hasOwn(state.observations, terms.baseOf(fact)?.fact ?? fact));
  return supplied(
    situation,
    untold.map((fact) => ({ kind: 'fact', fact, needs: 'is known', role: 'nurse' })),
  );
}

/** Everything that is asked for, from each source what it is trusted with. */
function supplied(situation: Situation, asked: readonly Clearing[]): Planned[] {
  const { random, terms, state } = situation;
  const wanted = new Map<string, SentObservation>();
  const facts = asked.flatMap((one) => (one.kind === 'fact' ? [one, ...doubtsOf(one, terms)] : []));
  for (const one of facts) {
    const definition = terms.baseOf(one.fact);
    if (!definition) continue;
    const area = one.area ?? Object.values(state.areas).flat()[0];
    const place = definition.byArea && area !== undefined ? { area } : {};
    wanted.set(
      `${definition.fact} ${area}`,
      sent(definition, likelyValue(situation, definition, 0.88), place),
    );
  }
  const bySource = new Map<string, SentObservation[]>();
  const planned: Planned[] = [];
  for (const one of wanted.values()) {
    const definition = terms.fact(one.fact);
    if (!definition) continue;
    const sender = senderOf(random, definition);
    const told = sender.from === undefined ? one : { ...one, from: sender.from };
    const source = JSON.stringify(sender.who);
    if (isToldToday(situation, one)) planned.push(again(situation, told, sender));
    else bySource.set(source, [...(bySource.get(source) ?? []), told]);
  }
  const together = [...bySource].map(([source, observations]) => ({
    event: eventOf('observation.recorded', { observations }, JSON.parse(source)),
  }));
  return [...together, ...planned];
}

type Fact = Pick<Extract<Clearing, { kind: 'fact' }>, 'fact' | 'area'>;

/** Of what is not believed: that which speaks against it, as far as anybody knows. */
function doubtsOf({ fact, area, cause }: Extract<Clearing, { kind: 'fact' }>, terms: Terms): Fact[] {
  const when = cause === 'not believed' ? terms.baseOf(fact)?.notValidWhen : undefined;
  const place = area === undefined ? {} : { area };
  return when ? terms.leavesOf(when).map((leaf) => ({ fact: leaf.fact, ...place })) : [];
}

const isToldToday = ({ state, terms, today }: Situation, { fact, area }: SentObservation): boolean =>
  (state.observations[fact] ?? []).some(
    (one) => one.area === area && dayOn(one.observedAt, terms.zone) === today,
  );

/** Of what was told today already only a correction changes anything, or another day. */
function again({ random, today, at }: Situation, told: SentObservation, { who }: Sender): Planned {
  const { fact, area, value, unit, from } = told;
  if (random.chance(0.3)) {
    const notBefore = shifted(at, 24 * HOUR);
    return { event: eventOf('observation.recorded', { observations: [told] }, who), notBefore };
  }
  const more = {
    ...(area === undefined ? {} : { area }),
    ...(unit === undefined ? {} : { unit }),
    ...(from === undefined ? {} : { from }),
  };
  // What somebody else told, staff correct.
  const by = random.chance(0.8) ? {} : who;
  return {
    event: eventOf('fact.corrected', { fact, on: today, value, reason: 'looked again', ...more }, by),
  };
}
