import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { type Bookings, nextWorkingDay } from './bookings.ts';
import { must, same } from './breach.ts';
import { isCare } from './course.ts';
import { afterDay, laterOf } from './days.ts';
import type { Gates } from './gates.ts';
import { tableStanding } from './overrides.ts';
import { askedAbout, intervalsAt, type Spaced, spacingOf } from './spacing.ts';

const ENDS = ['completed', 'cancelled', 'declined', 'referred'];

/** S6: somebody owes, by when, and who hears next. */
export function lookAtDebts({ terms }: Account, state: PlanState, gates: Pick<Gates, 'isOpen'>): void {
  const { isRich } = terms;
  const { chart, waits, tasks, holds, questions, overrides, bookings, now, escalation } = state;
  const { clinic } = terms.compiled;
  const all = Object.entries(waits);
  const isEnded = ENDS.includes(chart);
  must(isEnded || all.length > 0, 'S6: a plan that goes on waits for somebody');
  must(
    !isEnded ||
      all.every(
        ([id, { kind }]) =>
          id.startsWith('task/plan/') ||
          (chart === 'completed' && isCare({ belongsTo: id.slice('task/'.length, id.lastIndexOf('/')) })) ||
          (isRich && kind !== 'start' && kind !== 'hold'),
      ),
    'S6: after its course a plan owes only what belongs to no phase, and care after a procedure',
  );
  const [stage, phase] = chart.split('.');
  const owed = [
    // What counts from a booking is owed by whoever owes the booking, until there is one.
    ...Object.entries(tasks).flatMap(([id, { status, bookingOf }]) =>
      status === 'requested' && (bookingOf === undefined || bookings[bookingOf]?.status === 'booked')
        ? [`task/${id}`]
        : [],
    ),
    ...Object.keys(holds).map((id) => `hold/${id}`),
    ...Object.entries(questions).flatMap(([id, { answer }]) => (answer ? [] : [`question/${id}`])),
    ...Object.entries(overrides).flatMap(([id, { status }]) =>
      status === 'requested' ? [`signature/${id}`] : [],
    ),
    ...((phase === 'ready' || phase === 'prep') && !gates.isOpen(stage ?? '') ? [`start/${stage}`] : []),
    ...new Set([
      ...(phase === 'procedure' ? [`report/${stage}`] : []),
      // Behind each gate that stands open somebody may be at work, wherever the report of something else has led the plan.
      ...(isEnded
        ? []
        : terms.compiled.stages
            .map((one) => one.stage)
            .flatMap((name) => (gates.isOpen(name) ? [`report/${name}`] : []))),
    ]),
    ...Object.keys(waits).filter((id) => id.startsWith('exit/') && state.leave !== undefined),
  ];
  must(
    same(Object.keys(waits).sort(), owed.sort()),
    () => `S6: there is a wait for each debt, and for nothing else: ${Object.keys(waits).sort()} and ${owed}`,
  );
  let level = 0;
  for (const [id, wait] of all) {
    const ladder = clinic.ladders.find((one) => one.ladder === wait.ladder);
    must(clinic.roles.includes(wait.owner), `S6: ${id} has an owner`);
    must(id.startsWith(`${wait.kind}/`), `S6: ${id} says what it waits for`);
    must(wait.nextAt > now || wait.pausedAt !== undefined, `S6: ${id} has its next rung ahead`);
    const late = laterOf(wait.dueAt, now);
    must(
      wait.nextAt <= shifted(late, 40 * 86_400_000) || wait.pausedAt !== undefined,
      `S6: ${id} is not forgotten for ever`,
    );
    for (const passed of ladder?.rungs.slice(0, wait.rung) ?? []) level = Math.max(level, passed.raise);
  }
  must(escalation === level, 'the plan stands on the highest rung that was passed');
}

/** Conflicts that nobody has settled are asked about, and nothing else is. */
export function lookAtConflicts(
  account: Account,
  { tasks }: PlanState,
  now: string,
  touched: readonly { readonly fact: string; readonly area?: string | undefined }[],
): void {
  const { terms } = account;
  const knowledge = account.knowledge(now);
  const isOpen = (id: string): boolean => tasks[id]?.status === 'requested';
  const idOf = (fact: string, area: string | undefined): string =>
    `plan/conflict-${fact}${area === undefined ? '' : `-${area.replaceAll(' ', '-')}`}`;
  const areDifferent = (fact: string, part: string | undefined): boolean => {
    const reading = knowledge.reading(fact, part);
    return !reading.isKnown && reading.why === 'in conflict';
  };
  for (const { fact, area } of touched)
    for (const part of area === undefined ? [undefined] : terms.partsOf(area)) {
      const sites =
        part === undefined ? [undefined] : terms.sites.filter((site) => terms.isSamePlace(site, part));
      if (areDifferent(fact, part))
        must(
          sites.some((site) => isOpen(idOf(fact, site))),
          () => `S6: sources differ about ${fact} of ${part}, and nobody is asked`,
        );
    }
  if (!Object.keys(tasks).some((id) => id.startsWith('plan/conflict-') && isOpen(id))) return;
  for (const { fact, byArea } of terms.compiled.facts)
    for (const site of byArea ? terms.sites : [undefined]) {
      if (!isOpen(idOf(fact, site))) continue;
      const parts = site === undefined ? [undefined] : terms.partsOf(site);
      must(
        parts.some((part) => areDifferent(fact, part)),
        () => `somebody is asked about ${fact} of ${site}, of which sources no longer differ`,
      );
    }
}

/** A gate that stayed closed asks for what its table and its intervals lack, for as long as they do. */
export function lookAtGateWork(
  account: Account,
  { tasks, overrides }: PlanState,
  { now, isRefused }: { readonly now: string; readonly isRefused: boolean },
): void {
  const open = Object.keys(tasks).filter(
    (id) => tasks[id]?.status === 'requested' && id.startsWith('plan/gate-'),
  );
  if (open.length === 0 && !isRefused) return;
  const isAtGate = !account.course.leave && (account.phase === 'ready' || account.phase === 'prep');
  const stage = isAtGate ? account.terms.stage(account.stage ?? '') : undefined;
  const wanted = stage ? gateWork(account, stage, now) : [];
  for (const id of open)
    must(
      wanted.some((one) => one.id === id),
      () => `${id} is asked, and nobody needs it in ${account.chart}`,
    );
  for (const { id, isSure } of wanted)
    if (isRefused && isSure && !isSetAside(overrides, id))
      must(open.includes(id), () => `S6: nobody is asked for ${id}`);
}

/** A gate that its day alone keeps closed: nothing follows from its table yet. */
export function isTooSoon(account: Account, stage: StageDefinition, now: string): boolean {
  const knowledge = account.knowledge(now);
  const until = account.course.waitsUntil(stage.stage);
  if (until !== undefined && knowledge.today < until) return true;
  return spacingOf(stage, knowledge, account.history()).some(({ says }) => says === 'too early');
}

function gateWork(account: Account, stage: StageDefinition, now: string) {
  const knowledge = account.knowledge(now);
  const id = (...about: string[]) => [`plan/gate-${stage.stage}`, ...about].join('/');
  const work: { id: string; isSure: boolean }[] = [];
  const table = tableStanding(stage, knowledge);
  const isSoon = isTooSoon(account, stage, now);
  if (table && stage.table) {
    const isUnknown = table.verdicts.some(({ opinion }) => opinion === 'unknown');
    if (table.answer === undefined) work.push({ id: id(stage.table.table), isSure: isUnknown });
    else if (table.asks !== undefined && !isSoon)
      work.push({ id: id(stage.table.table, table.answer), isSure: true });
  }
  const isHistoryAsked = [...account.course.tasks].some(
    ([task, { isOpen }]) => isOpen && task.endsWith('/history'),
  );
  for (const { says, interval, site } of spacingOf(stage, knowledge, account.history())) {
    if (says !== 'unknown') continue;
    const isSure = interval.from.kind === 'fact' || !isHistoryAsked;
    work.push({ id: id(interval.rule, ...(site === undefined ? [] : [site])), isSure });
  }
  return work;
}

/** A table whose answer somebody has set aside asks for no facts. */
const isSetAside = (overrides: PlanState['overrides'], task: string): boolean =>
  Object.values(overrides).some(
    ({ stage, rule, status }) => status === 'active' && task === `plan/gate-${stage}/${rule}`,
  );

/** S3: what is asked about latest days that have passed, and when a stage is due to start. */
export function lookAtLateness(
  account: Account,
  state: PlanState,
  { bookings, saw }: { readonly bookings: Bookings; readonly saw: (what: string) => void },
): void {
  const { terms, chart, phase, stage: name, course } = account;
  const isAtGate = (phase === 'ready' || phase === 'prep') && !course.leave;
  const stage = isAtGate ? terms.stage(name ?? '') : undefined;
  const spaced = stage ? spacingOf(stage, account.knowledge(state.now), account.history()) : [];
  const late = spaced.flatMap((one) => (one.late ? [{ ...one, late: one.late }] : []));
  const wanted = late.flatMap((one) =>
    isAsked(one.interval) ? [{ ...one.late, roles: [askedAbout(one.interval)] }] : [],
  );
  const asked = Object.entries(state.questions).flatMap(([id, question]) =>
    question.answer === undefined && question.decision === undefined && id.startsWith('late/')
      ? [question]
      : [],
  );
  const word = (one: {
    rule?: string | undefined;
    stage?: string | undefined;
    area?: string | undefined;
    about: string;
    roles: readonly string[];
  }) => [one.rule, one.stage, one.area, one.about, ...one.roles].join(' ');
  must(
    same(
      asked.map(word).sort(),
      wanted.map(({ site, from, ...one }) => word({ ...one, area: site, about: from })).sort(),
    ),
    () => `S3: in ${chart} late is ${JSON.stringify(wanted)}, and asked ${JSON.stringify(asked)}`,
  );
  const until = course.waitsUntil(stage?.stage ?? '');
  const waits = until !== undefined && account.knowledge(state.now).today < until;
  for (const { interval } of late) if (!waits) isDecided(interval, state);
  for (const { says } of spaced) saw(`interval ${says}`);
  const isBehindGate = stage !== undefined && `report/${stage.stage}` in state.waits;
  if (stage && !isBehindGate && (intervalsAt(terms, stage).length > 0 || bookings.all.has(stage.stage)))
    lookAtStart(account, state, { stage: stage.stage, spaced, bookedOn: bookings.bookedFor(stage.stage) });
}

const isAsked = ({ ifLate }: Interval): boolean => !ifLate || 'ask' in ifLate;

/** Where a decision says what becomes of a latest day that has passed, it is asked for as long as nobody has. */
function isDecided({ ifLate, rule }: Interval, { questions, chart }: PlanState): void {
  if (!ifLate || !('decide' in ifLate)) return;
  must(
    Object.values(questions).some(({ decision, answer }) => decision === ifLate.decide && !answer),
    () => `S3: in ${chart} the latest day of ${rule} has passed, and nobody decides`,
  );
}

/** By the end of what is recommended, or so long after it may be; never after the last day. */
function lookAtStart(
  { terms }: Account,
  state: PlanState,
  {
    stage,
    spaced,
    bookedOn,
  }: {
    readonly stage: string;
    readonly spaced: readonly Spaced[];
    readonly bookedOn: string | undefined;
  },
): void {
  if (bookedOn !== undefined) {
    const due = afterDay(nextWorkingDay(bookedOn, terms.compiled.clinic), terms.zone);
    const { dueAt } = state.waits[`start/${stage}`] ?? {};
    must(
      dueAt === due,
      () => `${stage}, booked for ${bookedOn}, is due to start by ${due}, and not by ${dueAt}`,
    );
    return;
  }
  const counted = spaced.filter(({ earliest }) => earliest !== undefined);
  const earliest = counted
    .map((one) => one.earliest ?? '')
    .sort()
    .at(-1);
  const windows = counted.filter(({ recommended }) => recommended !== undefined);
  const ofBirth = windows.filter(
    ({ interval }) => interval.from.kind === 'fact' && interval.from.fact === 'birthDate',
  );
  const [best] = (ofBirth.length > 0 ? ofBirth : windows)
    .flatMap(({ recommended }) => (recommended ? [recommended] : []))
    .toSorted((one, other) => (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? 1 : -1));
  const latest = counted.flatMap((one) => one.latest ?? []).sort()[0];
  const { status, on = '' } = state.bookings[stage] ?? {};
  const missedOn = status === 'noshow' ? on : '';
  const arrivedOn = dayOn(state.enteredAt[`${stage}.ready`] ?? state.now, terms.zone);
  const cameOn = laterOf(missedOn, arrivedOn);
  const { unbooked } = terms.compiled.clinic.waits;
  const may = earliest !== undefined && earliest > cameOn ? earliest : cameOn;
  const recommended = best && earliest !== undefined && best.to < earliest ? earliest : best?.to;
  const due = recommended ?? daysLater(may, unbooked);
  const last = latest !== undefined && latest < due ? latest : due;
  must(
    state.waits[`start/${stage}`]?.dueAt === afterDay(last, terms.zone),
    () => `${stage} is due to start on ${last}, and not by ${state.waits[`start/${stage}`]?.dueAt}`,
  );
}
