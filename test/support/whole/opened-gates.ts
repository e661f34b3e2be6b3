import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { Length } from '../../../src/core/pathway/figures.schema.ts';
import type { Contraindication, IntervalRule } from '../../../src/core/pathway/rules.schema.ts';
import type { Override } from '../../../src/core/plan/hold.schema.ts';
import { must } from '../hunt/breach.ts';
import { longestBefore } from '../hunt/clearance.ts';
import { durationOf } from '../plain.ts';
import { dayOn, daysLater } from '../wall-calendar.ts';
import {
  answerAt,
  type Done,
  isFor,
  nextOf,
  opinionAt,
  roundOf,
  type Seen,
  sitesOf,
  today,
} from './second-look.ts';

export type GateKind = 'prep' | 'procedure';

/** S1 to S5, the choices and the decisions, asked again of a gate that has just opened. @throws Breach */
export function lookAtOpened(seen: Seen, name: string, of: GateKind): void {
  const stage = seen.compiled.stages.find((one) => one.stage === name);
  must(stage !== undefined, () => `there is no stage ${name}`);
  if (!stage) return;
  const done = nextOf(seen, stage);
  isAtItsGate(seen, done, of);
  isConsented(seen, done);
  isForThisPatient(seen, done);
  nothingIsAgainst(seen, done, of);
  if (of === 'prep') return;
  isSpaced(seen, done);
  isAnswered(seen, done);
  isCleared(seen, done);
  isDecided(seen, done);
}

function isAtItsGate({ compiled, state, ...seen }: Seen, { stage }: Done, of: GateKind): void {
  const name = stage.stage;
  const track = compiled.tracks.find(({ course }) => course.some((item) => item.name === name));
  const chart = track ? state.tracks[track.track]?.chart : state.chart;
  const expected = `${name}.${stage.prep && of === 'procedure' ? 'prep' : 'ready'}`;
  must(chart === expected, () => `a gate opens only where the plan stands: ${chart}, not ${expected}`);
  must(!stage.elsewhere, 'no gate opens for what others do');
  const { until } = state.delays[name] ?? {};
  const isLater = until !== undefined && until > today({ compiled, state, ...seen });
  must(!(isLater && of === 'procedure'), () => `${name} was told to wait until ${until}`);
  const owed = Object.values(state.tasks).filter(
    (one) => one.belongsTo === `${name}.prep` && one.status === 'requested' && one.repeat === undefined,
  );
  must(of === 'prep' || owed.length === 0, () => `prep is done: ${owed.map(({ title }) => title)}`);
}

function isConsented(seen: Seen, { stage: { stage, consent } }: Done): void {
  if (!consent) return;
  const { told, state } = seen;
  const { form, covers, lasts, orGuardianBelow } = consent;
  const isOfAge = orGuardianBelow && {
    ...{ fact: 'birthDate', operator: 'atLeastAgo', value: orGuardianBelow, name: 'of age' },
  };
  const age = isOfAge ? opinionAt(seen, isOfAge) : 'met';
  must(age !== 'unknown', () => `S1: nobody knows who consents to ${stage}`);
  const by = age === 'met' ? consent.by : 'guardian';
  const valid = told.signed.filter(
    (one, index) =>
      one.form === form &&
      one.by === by &&
      !one.isWithdrawn &&
      today(seen) <= daysLater(one.signedOn, durationOf(lasts)) &&
      !(covers === 'one procedure' && state.consents[index]?.usedFor !== undefined),
  );
  must(valid.length > 0, () => `S1: a gate of ${stage} opened without ${form} of the ${by}`);
}

/** What has begun for a patient goes on, though another choice was made since. */
function isForThisPatient({ state }: Seen, { stage, session }: Done): void {
  const round = roundOf(state, stage.stage);
  const hasBegun =
    state.performed.some((one) => one.stage === stage.stage && one.round === round) ||
    state.gates.some((gate) => gate.stage === stage.stage && gate.closedAt === undefined);
  for (const [what, onlyFor] of [
    [stage.stage, stage.onlyFor],
    [session?.session, session?.onlyFor],
  ] as const) {
    const answer = isFor(state, onlyFor);
    must(answer !== undefined, () => `choice: a gate opened for ${what} before it is chosen for whom`);
    must(answer || (what === stage.stage && hasBegun), () => `choice: a gate opened for ${what}, for others`);
  }
}

const bearsOn = ({ of }: Contraindication, { names }: Done): boolean =>
  of.length === 0 || of.some((one) => names.includes(one));

/** Whether a rule bears on the very session that a stage is at. */
export const isOfSession = (seen: Seen, stageName: string, rule: string): boolean => {
  const stage = seen.compiled.stages.find((one) => one.stage === stageName);
  const known = seen.compiled.contraindications.find((one) => one.rule === rule);
  return !stage || !known || bearsOn(known, nextOf(seen, stage));
};

function nothingIsAgainst(seen: Seen, done: Done, of: GateKind): void {
  const { compiled, state, told } = seen;
  const { stage } = done.stage;
  for (const { rule, when } of compiled.eligibility)
    for (const site of sitesOf(seen, when, done.stage)) {
      const said = opinionAt(seen, when, done.stage, site);
      must(said === 'met', () => `S4: a gate of ${stage} opened, and ${rule} is ${said}`);
    }
  for (const rule of compiled.contraindications) {
    if (!bearsOn(rule, done) || !rule.stops.includes(of)) continue;
    for (const site of sitesOf(seen, rule.when, done.stage)) {
      const id = [stage, rule.rule, ...(site === undefined ? [] : [site])].join('/');
      const said = opinionAt(seen, rule.when, done.stage, site);
      const isOwed = said === 'unmet' && state.holds[id]?.needsSignature === true;
      if (said === 'unmet' && !isOwed) continue;
      const isAccepted = said === 'unknown' && rule.ifUnknown === 'accept';
      const isReleased = told.released.has(id) && state.releases[id] !== undefined;
      const isSetAside = setAside(seen, stage, rule.rule).some(({ area }) => area === site);
      const isExcused = isAccepted || isReleased || isSetAside;
      must(
        isExcused,
        () => `S2: a gate of ${stage} opened, and ${rule.rule} is ${isOwed ? 'unsigned' : said}`,
      );
    }
  }
}

/** Granted by whoever may, and where the rule asks for it by two. */
function setAside(seen: Seen, stage: string, rule: string): Override[] {
  const { compiled, state, told } = seen;
  const named = [...compiled.contraindications, ...compiled.tables].find((one) => one.rule === rule);
  const terms = named?.override;
  if (!terms) return [];
  return Object.entries(state.overrides).flatMap(([id, one]) => {
    const granted = told.granted.get(id);
    if (one.stage !== stage || one.rule !== rule || one.status !== 'active' || !granted) return [];
    const { countersigned: second } = granted;
    const isByTwo =
      terms.second === undefined ||
      (second !== undefined && second.by !== granted.by && second.roles.includes(terms.second));
    const isLive = today(seen) <= daysLater(granted.on, terms.lasts);
    const isTheirs = terms.by.some((role) => granted.roles.includes(role));
    return isByTwo && isLive && isTheirs ? [one] : [];
  });
}

/** Every length that a figure may turn out to say for this patient. */
function lengthsOf({ compiled, told, state }: Seen, length: Length): Duration[] {
  if (!('figure' in length)) return [length];
  const set = told.lengthSet(length.figure);
  if (set) return [set];
  const is = compiled.figures.find(({ figure }) => figure === length.figure)?.is;
  if (!is || 'levels' in is) return [];
  const made = 'choice' in is ? state.choices[is.choice]?.value : undefined;
  const values =
    'value' in is ? [is.value] : made === undefined ? Object.values(is.values) : [is.values[made]];
  return values.flatMap((value) => (value?.kind === 'duration' ? [value.lasts] : []));
}

function isSpaced(seen: Seen, done: Done): void {
  const { compiled, state } = seen;
  const { stage } = done.stage;
  for (const rule of compiled.intervals) {
    const { to, onlyWhen, from } = rule;
    const isMeant = to.kind === 'stage' ? to.stage === stage : done.names.includes(to.of);
    if (!isMeant || from.kind === 'fact') continue;
    if (onlyWhen && opinionAt(seen, onlyWhen, done.stage) === 'unmet') continue;
    const chosen = done.stage.in === undefined ? [] : (state.areas[done.stage.in] ?? []);
    const sites = rule.area === 'same' && chosen.length > 0 ? chosen : [undefined];
    for (const site of sites) isFarEnough(seen, { rule, stage, site });
  }
}

function isFarEnough(
  seen: Seen,
  { rule, stage, site }: { rule: IntervalRule; stage: string; site: string | undefined },
): void {
  const days = anchorsOf(seen, rule, site);
  const day = today(seen);
  const isKnown = days.length > 0 || rule.from.kind === 'stage' || seen.state.historyKnownAt !== undefined;
  must(isKnown, () => `S3: ${rule.rule} counts from what nobody has attested`);
  for (const from of days) {
    const earliest = lengthsOf(seen, rule.minimum).map((length) => daysLater(from, length));
    const isEarly = earliest.some((one) => day < one) && !(rule.sameDay && day === from);
    must(!isEarly, () => `S3: ${stage} opened on ${day}, ${rule.rule} from ${from} not before ${earliest}`);
    const latest = rule.latest ? lengthsOf(seen, rule.latest).map((length) => daysLater(from, length)) : [];
    const isAnswered = Object.values(seen.state.questions).some(
      (one) => one.rule === rule.rule && one.stage === stage && one.answer && one.area === site,
    );
    const isLate = latest.some((one) => day > one) && !isAnswered;
    must(!isLate, () => `S3: ${stage} opened on ${day}, ${rule.rule} from ${from} not after ${latest}`);
  }
}

function anchorsOf({ compiled, state }: Seen, { from, counts }: IntervalRule, site: string | undefined) {
  if (from.kind === 'fact') return [];
  const namesOf = (procedures: readonly string[]): string[] =>
    procedures.flatMap((one) => [one, ...(compiled.procedures[one] ?? [])]);
  // Sites of these pathways are told apart by their names, or one is a part of the other.
  const isHere = (areas: readonly string[]): boolean =>
    site === undefined || areas.length === 0 || areas.some((one) => one.includes(site) || site.includes(one));
  const days = [
    ...state.performed.flatMap((one) => {
      const isMeant =
        from.kind === 'stage' ? one.stage === from.stage : namesOf(one.procedures).includes(from.of);
      return isMeant && isHere(one.areas) ? [one] : [];
    }),
    ...state.past.filter(
      ({ procedure, area }) =>
        from.kind === 'procedure' && namesOf([procedure]).includes(from.of) && isHere(area ? [area] : []),
    ),
  ]
    .map(({ performedOn, endedOn }) => (from.edge === 'start' ? performedOn : (endedOn ?? performedOn)))
    .sort();
  return counts === 'every' ? days : counts === 'first' ? days.slice(0, 1) : days.slice(-1);
}

/** The answer on which a gate may open: the table's own, or the one that was put in its place. */
export function answerOn(seen: Seen, { stage }: Done): string | undefined {
  if (!stage.table) return undefined;
  const { table: name, outcomes } = stage.table;
  const table = seen.compiled.tables.find(({ rule }) => rule === name);
  const own = table && answerAt(seen, table, stage);
  const goesOn = (answer: string | undefined): boolean => {
    const steps = answer === undefined ? [] : (outcomes[answer] ?? []);
    return steps.find(({ do: what }) => !CHANGES.includes(what))?.do === 'go';
  };
  if (goesOn(own)) return own;
  return setAside(seen, stage.stage, name).find(({ answer }) => goesOn(answer))?.answer;
}

const CHANGES = ['lower', 'raise', 'limit', 'start'];

function isAnswered(seen: Seen, done: Done): void {
  const { stage, table } = done.stage;
  if (table) must(answerOn(seen, done) !== undefined, () => `S4: ${stage} opened, and its table says no`);
}

function isCleared({ compiled, state, now }: Seen, { stage }: Done): void {
  const { anaesthesia, prep = [], beforeEach } = stage;
  if (anaesthesia !== 'sedation' && anaesthesia !== 'general') return;
  const round = roundOf(state, stage.stage);
  const isGiven = [
    ...prep.map((task) => ({ task, id: `${stage.stage}.prep/${task.task}` })),
    ...beforeEach.map((task) => ({ task, id: `${stage.stage}.ready/${task.task}` })),
  ].some(({ task, id }) => {
    const done = state.tasks[id];
    if (task.clears !== 'anaesthesia' || done?.status !== 'completed' || done.turn?.round !== round)
      return false;
    const from = longestBefore(task.when);
    const zone = compiled.clinic.timeZone;
    return !from || dayOn(now, zone) <= daysLater(dayOn(done.completedAt ?? now, zone), from);
  });
  must(isGiven, () => `S5: ${stage.stage} opened without a clearance`);
}

/** What is decided after the sessions behind, between them and the next, and before this one. */
function isDecided({ state }: Seen, { stage, session }: Done): void {
  const { stage: name, list = [], decidedAfter, decidedBefore } = stage;
  const round = roundOf(state, name);
  const ofRound = state.performed.filter((one) => one.stage === name && one.round === round);
  const between = list
    .slice(0, session ? list.indexOf(session) : list.length)
    .flatMap((item) => (item.kind === 'decision' ? [`${name}.session/${item.decision}/${round}`] : []));
  const after = ofRound.flatMap(({ performedOn, session: of, counts }) =>
    decidedAfter === undefined || !counts
      ? []
      : [[`${name}.session`, decidedAfter, round, performedOn, ...(of === undefined ? [] : [of])].join('/')],
  );
  const time = ofRound.length + (state.stages[name]?.skipped.length ?? 0) + 1;
  const before = decidedBefore === undefined ? [] : [`${name}.ready/${decidedBefore}/${round}/${time}`];
  for (const about of [...between, ...after, ...before]) {
    const isDone = Object.values(state.questions).some((one) => one.about === about && one.answer);
    must(isDone, () => `decisions: ${name} opened, and ${about} is not decided`);
  }
}
