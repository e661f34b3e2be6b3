import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';
import { afterDay, laterOf } from './days.ts';
import { tableStanding } from './overrides.ts';
import { askedAbout, intervalsAt, type Spaced, spacingOf } from './spacing.ts';

/** S6: somebody owes, by when, and who hears next. */
export function lookAtDebts({ terms }: Account, state: PlanState): void {
  const { chart, waits, tasks, holds, questions, overrides, now, escalation } = state;
  const { clinic } = terms.compiled;
  const all = Object.entries(waits);
  const isEnded = chart === 'completed' || chart === 'cancelled';
  must(isEnded || all.length > 0, 'S6: a plan that goes on waits for somebody');
  must(
    !isEnded || all.every(([id]) => id.startsWith('task/plan/')),
    'S6: after its course a plan owes only what belongs to no phase',
  );
  const [stage, phase] = chart.split('.');
  const owed = [
    ...Object.entries(tasks).flatMap(([id, { status }]) => (status === 'requested' ? [`task/${id}`] : [])),
    ...Object.keys(holds).map((id) => `hold/${id}`),
    ...Object.entries(questions).flatMap(([id, { answer }]) => (answer ? [] : [`question/${id}`])),
    ...Object.entries(overrides).flatMap(([id, { status }]) =>
      status === 'requested' ? [`signature/${id}`] : [],
    ),
    ...(phase === 'ready' ? [`start/${stage}`] : phase === 'procedure' ? [`report/${stage}`] : []),
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
    must(wait.nextAt > now, `S6: ${id} has its next rung ahead`);
    const late = laterOf(wait.dueAt, now);
    must(wait.nextAt <= shifted(late, 40 * 86_400_000), `S6: ${id} is not forgotten for ever`);
    for (const passed of ladder?.rungs.slice(0, wait.rung) ?? []) level = Math.max(level, passed.raise);
  }
  must(escalation === level, 'the plan stands on the highest rung that was passed');
}

/** Tasks of phases are those that were asked for and not done; of all others, each has its reason. */
export function lookAtTasks(account: Account, { tasks }: PlanState): void {
  const open = Object.keys(tasks).filter((id) => tasks[id]?.status === 'requested');
  const ofPhases = open.filter((id) => !id.startsWith('plan/'));
  const expected = [...account.tasks].flatMap(([id, { isOpen }]) => (isOpen ? [id] : []));
  must(
    same(ofPhases.sort(), expected.sort()),
    () => `S6: open in phases is ${expected}, and not ${ofPhases}`,
  );
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
  { tasks }: PlanState,
  { now, isRefused }: { readonly now: string; readonly isRefused: boolean },
): void {
  const open = Object.keys(tasks).filter(
    (id) => tasks[id]?.status === 'requested' && id.startsWith('plan/gate-'),
  );
  if (open.length === 0 && !isRefused) return;
  const stage = account.phase === 'ready' ? account.terms.stage(account.stage ?? '') : undefined;
  const wanted = stage ? gateWork(account, stage, now) : [];
  for (const id of open)
    must(
      wanted.some((one) => one.id === id),
      () => `${id} is asked, and nobody needs it in ${account.chart}`,
    );
  for (const { id, isSure } of wanted)
    if (isRefused && isSure) must(open.includes(id), () => `S6: nobody is asked for ${id}`);
}

function gateWork(account: Account, stage: StageDefinition, now: string) {
  const knowledge = account.knowledge(now);
  const id = (...about: string[]) => [`plan/gate-${stage.stage}`, ...about].join('/');
  const work: { id: string; isSure: boolean }[] = [];
  const table = tableStanding(stage, knowledge);
  if (table && stage.table) {
    const isUnknown = table.verdicts.some(({ opinion }) => opinion === 'unknown');
    if (table.answer === undefined) work.push({ id: id(stage.table.table), isSure: isUnknown });
    else if (table.asks !== undefined) work.push({ id: id(stage.table.table, table.answer), isSure: true });
  }
  const isHistoryAsked = [...account.tasks].some(([task, { isOpen }]) => isOpen && task.endsWith('/history'));
  for (const { says, interval, site } of spacingOf(stage, knowledge, account.history())) {
    if (says !== 'unknown') continue;
    const isSure = interval.from.kind === 'fact' || !isHistoryAsked;
    work.push({ id: id(interval.rule, ...(site === undefined ? [] : [site])), isSure });
  }
  return work;
}

/** S3: what is asked about latest days that have passed, and when a stage is due to start. */
export function lookAtLateness(account: Account, state: PlanState, saw: (what: string) => void): void {
  const { terms, chart, phase, stage: name } = account;
  const stage = phase === 'ready' ? terms.stage(name ?? '') : undefined;
  const spaced = stage ? spacingOf(stage, account.knowledge(state.now), account.history()) : [];
  const wanted = spaced.flatMap(({ late, interval }) =>
    late ? [{ ...late, roles: [askedAbout(interval)] }] : [],
  );
  const asked = Object.values(state.questions).filter(({ answer }) => answer === undefined);
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
  for (const { says } of spaced) saw(`interval ${says}`);
  if (stage && intervalsAt(terms, stage).length > 0)
    lookAtStart(account, state, { stage: stage.stage, spaced });
}

/** By the end of what is recommended, or so long after it may be; never after the last day. */
function lookAtStart(
  { terms }: Account,
  state: PlanState,
  { stage, spaced }: { readonly stage: string; readonly spaced: readonly Spaced[] },
): void {
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
  const cameOn = dayOn(state.enteredAt[`${stage}.ready`] ?? state.now, terms.zone);
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
