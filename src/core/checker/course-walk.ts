import { invariant } from '../model/failure.ts';
import { beginningOf, type ChartEvent, isExit, itemAt, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Action, DecisionDefinition, Ending } from '../pathway/decisions.schema.ts';
import type { ExitName } from '../pathway/exit-name.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import { stepOf } from '../plan/action-steps.ts';
import { timesOf } from './figure-reach.ts';

/** Where a made-up plan stands along one course: facts are in none of it, for a gate may answer anything. */
export interface Standing {
  readonly chart: string;
  /** Decisions without which it goes no further here, the next one first. */
  readonly asked: readonly string[];
  /** The present stage is come to, and whether it is needed hangs on facts. */
  readonly inDoubt: boolean;
  /** Sessions of the present stage that were given. */
  readonly sessions: number;
  /** How often each step was taken that has a number. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of each choice that makes a difference along this course. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** Something that may happen there. */
export interface Move {
  /** In words; no two of one standing have the same. */
  readonly type: string;
  readonly to: Standing;
  /** The steps of an outcome that were taken, one after the other. */
  readonly took?: readonly Ending[];
  /** A procedure was done. */
  readonly isPerformed?: true;
}

const keys = new WeakMap<Standing, string>();

export function keyOf(standing: Standing): string {
  const known = keys.get(standing);
  if (known !== undefined) return known;
  const { chart, asked, inDoubt, sessions, counts, chosen } = standing;
  const counted = Object.keys(counts)
    .sort()
    .map((key) => `${key}=${counts[key]}`);
  const key = [
    chart,
    sessions,
    ...(inDoubt ? ['?'] : []),
    ...asked,
    ...Object.values(chosen),
    ...counted,
  ].join(' ');
  keys.set(standing, key);
  return key;
}

/** Counts for the present place only, and gone with it. */
const HERE = '@here';

/** The first session, one between, and the last. */
const SHORT_SERIES = 3;

interface Acting {
  readonly written: string;
  readonly words: string;
  readonly onGo: Standing;
}

/** All that can happen along one course of a pathway, the main one or a track's. */
export class CourseWalk {
  readonly #line: Pathway;
  /** How early in the course the first stage stands to which an outcome leads by name. */
  readonly #earliestTarget: number;

  readonly #isShort: boolean;

  /**
   * @param isShort - a series of many sessions is walked as one of three, and what may be done often as done once and
   * then for the last time: nothing else hangs on how many there are
   */
  constructor(line: Pathway, isShort = false) {
    this.#line = line;
    this.#isShort = isShort;
    this.#earliestTarget = Math.min(...targetsOf(line).map((stage) => this.#placeOf(stage)));
  }

  #placeOf(item: string): number {
    return this.#line.course.findIndex(({ name }) => name === item);
  }

  begin(chosen: Standing['chosen']): Standing {
    return this.#enter(
      { chart: '', asked: [], inDoubt: false, sessions: 0, counts: {}, chosen },
      this.#line.chart.initial,
    );
  }

  isOver = ({ chart }: Standing): boolean => isExit(chart) || this.#line.chart.isFinal(chart);

  /** Those that follow from here; two that read alike are one. */
  movesFrom(standing: Standing): Move[] {
    if (this.isOver(standing)) return [];
    const [decision] = standing.asked;
    const moves = standing.inDoubt
      ? this.#whetherNeeded(standing)
      : decision === undefined
        ? this.#movesOn(standing)
        : this.#answers(standing, this.#line.decision(decision));
    return [...new Map(moves.map((move) => [`${move.type} ${keyOf(move.to)}`, move])).entries()].map(
      ([, move], index, all) =>
        all.findIndex(([, other]) => other.type === move.type) === index
          ? move
          : { ...move, type: `${move.type} (${index})` },
    );
  }

  #whetherNeeded(standing: Standing): Move[] {
    const { stage } = placeOf(standing.chart);
    return [
      { type: `${stage} is needed`, to: { ...standing, inDoubt: false } },
      this.#move(standing, { type: `passed.${stage}` }, `${stage} is not needed`),
    ];
  }

  #movesOn(standing: Standing): Move[] {
    const { chart } = standing;
    const { phase, stage: name } = placeOf(chart);
    const stage = this.#line.stage(name ?? '');
    if (phase === 'waiting') return [this.#move(standing, { type: 'track.started' }, 'it starts')];
    if (stage && phase === 'procedure') return this.#reports(standing, stage);
    if (stage && phase === 'ready' && stage.prep)
      return [this.#move(standing, { type: 'prep.opened' }, `prep of ${name} starts`)];
    if (stage && (phase === 'ready' || phase === 'prep')) return this.#atGate(standing, stage);
    return [this.#move(standing, { type: 'phase.completed' }, `${chart} is done`)];
  }

  #atGate(standing: Standing, stage: StageDefinition): Move[] {
    const open = (words: string): Move => this.#move(standing, { type: 'gate.opened' }, words);
    const late = this.#decidedLate(stage).map(
      (decision): Move => ({
        type: `${stage.stage} is late`,
        to: { ...standing, asked: [decision] },
      }),
    );
    if (!stage.table) return [open(`the gate of ${stage.stage} opens`), ...late];
    const { table, outcomes } = stage.table;
    const answers = Object.entries(outcomes).flatMap(([answer, action]) => {
      const words = `${table} says ${answer}`;
      const opened = open(words).to;
      return this.#act(standing, action, { written: `table/${table}/${answer}`, words, onGo: opened });
    });
    return [...answers, ...late];
  }

  /** Decisions that are asked once a latest day has passed. */
  #decidedLate({ stage, procedures, traits }: StageDefinition): string[] {
    const late = this.#line.intervals.flatMap(({ to, ifLate }) => {
      const isTo = to.kind === 'stage' ? to.stage === stage : [...procedures, ...traits].includes(to.of);
      return isTo && ifLate && 'decide' in ifLate ? [ifLate.decide] : [];
    });
    return [...new Set(late)];
  }

  #reports(standing: Standing, stage: StageDefinition): Move[] {
    const given = standing.sessions + 1;
    const total = this.#sessionsOf(stage, standing.chosen);
    const words = total > 1 ? `${stage.stage} is done, session ${given}` : `${stage.stage} is done`;
    const asked = this.#askedAfter(stage, given, standing.chosen);
    const onward = (event: ChartEvent, sessions: number, why: string): Move => {
      const { to } = this.#move({ ...standing, sessions }, event, words);
      return { type: why, to: { ...to, asked: [...asked, ...to.asked] }, isPerformed: true };
    };
    const isLast = given >= total;
    const over = onward({ type: `performed.${stage.stage}` }, given, isLast ? words : `${words}, the last`);
    if (isLast) return [over];
    const again = onward({ type: `owed.${stage.stage}` }, given, words);
    return stage.untilWhen ? [again, over] : [again];
  }

  #sessionsOf(stage: StageDefinition, chosen: Standing['chosen']): number {
    const count = sessionsFor(this.#line, stage, chosen);
    return this.#isShort && !stage.list ? Math.min(count, SHORT_SERIES) : count;
  }

  #askedAfter(stage: StageDefinition, given: number, chosen: Standing['chosen']): string[] {
    const after = stage.decidedAfter === undefined ? [] : [stage.decidedAfter];
    const list = (stage.list ?? []).filter((item) => item.kind === 'decision' || isFor(item.onlyFor, chosen));
    let sessions = 0;
    const between = list.flatMap((item) => {
      if (item.kind === 'session') sessions += 1;
      return item.kind === 'decision' && sessions === given ? [item.decision] : [];
    });
    return [...after, ...between];
  }

  #answers(standing: Standing, { decision, outcomes, noQuorum }: DecisionDefinition): Move[] {
    const onGo = { ...standing, asked: standing.asked.slice(1) };
    const choice = this.#line.choice(decision);
    if (choice) return [{ type: `${decision} is chosen`, to: onGo }];
    const all = Object.entries(outcomes).flatMap(([outcome, action]) =>
      this.#act(standing, action, {
        written: `decision/${decision}/${outcome}`,
        words: `${decision}: ${outcome}`,
        onGo,
      }),
    );
    const none = noQuorum
      ? this.#act(standing, noQuorum, {
          written: `decision/${decision}/noQuorum`,
          words: `${decision}: no quorum`,
          onGo,
        })
      : [];
    return [...all, ...none];
  }

  #act(standing: Standing, action: Action, acting: Acting): Move[] {
    const hasEnd = action.some((step) => isOnTheWay(step) && 'atEnd' in step && step.atEnd !== undefined);
    return (hasEnd ? [false, true] : [false]).flatMap((isAtEnd) => {
      const { stage } = placeOf(standing.chart);
      const { step, key, rest } = stepOf({ actionCounts: standing.counts }, action, {
        written: acting.written,
        about: HERE,
        stage,
        isAnywhere: false,
        isAtEnd: () => isAtEnd,
        timesOf: (times) => timesOf(this.#line, times),
      });
      const counts = key === undefined ? standing.counts : this.#raised(standing.counts, key, step);
      const words = isAtEnd ? `${acting.words}, no level left` : acting.words;
      const counted = { ...standing, counts };
      const onGo = { ...acting.onGo, counts: key === undefined ? acting.onGo.counts : counts };
      return this.#perform(counted, { step, rest }, { ...acting, words, onGo }).map((move) => ({
        ...move,
        took: [step, ...(move.took ?? [])],
      }));
    });
  }

  #raised(counts: Standing['counts'], key: string, step: Ending): Standing['counts'] {
    const times = (counts[key] ?? 0) + 1;
    const atMost = 'atMost' in step && step.atMost !== 'no limit' ? (step.atMost ?? times) : times;
    const most = timesOf(this.#line, atMost);
    return { ...counts, [key]: this.#isShort && times > 1 ? most : times };
  }

  #perform(standing: Standing, { step, rest }: { step: Ending; rest: Action }, acting: Acting): Move[] {
    const { words: type, onGo } = acting;
    const { stage } = placeOf(standing.chart);
    const item = itemAt(standing.chart);
    switch (step.do) {
      case 'go':
        return [{ type, to: onGo }];
      case 'end':
        return [this.#move(standing, { type: 'course.ended' }, type)];
      case 'next stage': {
        const left = step.stage ?? item;
        return left === undefined
          ? [{ type, to: onGo }]
          : [this.#move(standing, { type: `passed.${left}` }, type)];
      }
      case 'wait':
      case 'ask':
        return [{ type, to: standing }];
      case 'again':
        invariant(stage !== undefined, 'only a stage is done again');
        return [this.#move({ ...standing, sessions: 0 }, { type: `owed.${stage}` }, type)];
      case 'to':
        return [this.#move({ ...standing, sessions: 0 }, { type: `owed.${step.stage}` }, type)];
      case 'decide':
        return [{ type, to: { ...standing, asked: [step.decision, ...standing.asked.slice(1)] } }];
      case 'exit':
        return this.#leave(standing, { exit: step.exit, rest }, acting);
      case 'choose':
        return this.#choose(standing, { choice: step.choice, rest }, acting);
      case 'revise':
        return this.#act(standing, orGo(rest), { ...acting, written: `${acting.written}/then` });
    }
  }

  /** Back on its course, a plan finds what it has found before, unless something is to follow. */
  #leave(
    standing: Standing,
    { exit, rest }: { readonly exit: ExitName; readonly rest: Action },
    acting: Acting,
  ): Move[] {
    const { words, written } = acting;
    const left = this.#move(standing, { type: `exit.${exit}` }, words);
    if (rest.length === 0) return [left];
    const back = { ...acting, written: `${written}/then`, words: `${words}, and back` };
    return [left, ...this.#act(standing, rest, back)];
  }

  #choose(
    standing: Standing,
    { choice, rest }: { readonly choice: string; readonly rest: Action },
    { words, written, onGo }: Acting,
  ): Move[] {
    const isOfConcern = Object.hasOwn(standing.chosen, choice);
    const values = this.#line.choice(choice)?.values.map(({ value }) => value) ?? [];
    return (isOfConcern ? values : values.slice(0, 1)).flatMap((value) => {
      const chosen = isOfConcern ? { ...standing.chosen, [choice]: value } : standing.chosen;
      const acting = { written: `${written}/then`, words: `${words} (${value})`, onGo: { ...onGo, chosen } };
      return this.#act({ ...standing, chosen }, orGo(rest), acting);
    });
  }

  #move(standing: Standing, event: ChartEvent, type: string): Move {
    return { type, to: this.#enter(standing, this.#line.chart.next(standing.chart, event)) };
  }

  /** What is not for this patient is passed by, with the question whether it is done. */
  #enter(standing: Standing, chart: string): Standing {
    const { chosen } = standing;
    let to = chart;
    for (let stage = this.#before(to); stage && !isFor(stage.onlyFor, chosen); stage = this.#before(to))
      to = this.#line.chart.next(to, { type: `passed.${stage.stage}` });
    const stage = this.#line.stage(placeOf(to).stage ?? '');
    const isNew = placeOf(standing.chart).stage !== stage?.stage;
    const sessions = isNew ? 0 : standing.sessions;
    return {
      chart: to,
      inDoubt: stage !== undefined && to === beginningOf(stage) && isAsked(stage, { isNew, sessions }),
      asked: this.isOver({ ...standing, chart: to }) ? [] : this.#askedAt(to, stage),
      sessions,
      counts: this.#stillCounting(standing.counts, to),
      chosen,
    };
  }

  /** What is counted here alone is over, and so is how often a stage was done again that nothing leads back to. */
  #stillCounting(counts: Standing['counts'], chart: string): Standing['counts'] {
    const here = this.#placeOf(itemAt(chart) ?? '');
    const isOver = (key: string): boolean => {
      if (key.endsWith(HERE)) return true;
      const of = this.#placeOf(key.slice(key.lastIndexOf('/') + 1));
      return of >= 0 && of < here && of < this.#earliestTarget;
    };
    return Object.fromEntries(Object.entries(counts).filter(([key]) => !isOver(key)));
  }

  #before(chart: string): StageDefinition | undefined {
    const { phase, stage, decision } = placeOf(chart);
    if (decision !== undefined) return this.#line.stageInQuestion(decision);
    return phase === 'ready' || phase === 'period' ? this.#line.stage(stage ?? '') : undefined;
  }

  #askedAt(chart: string, stage: StageDefinition | undefined): string[] {
    const { phase } = placeOf(chart);
    const isGate = phase === 'prep' || (phase === 'ready' && !stage?.prep);
    const before = isGate && stage?.decidedBefore !== undefined ? [stage.decidedBefore] : [];
    return [...this.#line.decisionsOf(chart).map(({ decision }) => decision), ...before];
  }
}

/** Whether it is needed: as it is come to. Whoever decides that a span of time is gone through again knows that. */
const isAsked = (
  { onlyWhen, period }: StageDefinition,
  { isNew, sessions }: { readonly isNew: boolean; readonly sessions: number },
): boolean => onlyWhen !== undefined && (isNew || (!period && sessions === 0));

/** The stages that outcomes of a course lead to by name. */
function targetsOf({ compiled: { decisions, stages } }: Pathway): string[] {
  const actions = [
    ...decisions.flatMap(({ outcomes, noQuorum }) => [
      ...Object.values(outcomes),
      ...(noQuorum ? [noQuorum] : []),
    ]),
    ...stages.flatMap(({ table }) => Object.values(table?.outcomes ?? {})),
  ];
  return actions.flat().flatMap((step) => (step.do === 'to' ? [step.stage] : []));
}

const orGo = (action: Action): Action => (action.length > 0 ? action : [{ do: 'go' }]);

/** How many sessions a stage has at most for who has chosen so. */
export function sessionsFor(
  line: Pathway,
  { list, sessions }: StageDefinition,
  chosen: Standing['chosen'],
): number {
  if (!list) return timesOf(line, sessions);
  return list.filter((item) => item.kind === 'session' && isFor(item.onlyFor, chosen)).length;
}

export const isFor = (onlyFor: OnlyFor | undefined, chosen: Standing['chosen']): boolean =>
  (onlyFor ?? []).every(({ choice, values }) => {
    const value = chosen[choice];
    return value === undefined || values.includes(value);
  });
