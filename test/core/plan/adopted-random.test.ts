import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../../../src/core/pathway/pathway.ts';
import { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { type Step, step, wakeEvent } from '../../../src/core/plan/step.ts';
import { digestNamed, eventOf, lead } from '../../support/plan.ts';
import { timeFor } from '../../support/play.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
import { REPOSITORY } from '../../support/whole/repository.ts';
import { WHOLE } from '../../support/whole/sample.ts';
import { later, nextEvent, starting } from '../../support/whole/sends.ts';
import { Values } from '../../support/whole/values.ts';
import { anotherVersion } from '../../support/whole/versions.ts';

const SEQUENCES = Math.ceil(fromEnvironment('CARECHART_SEQUENCES', 20_000) / 2_000);
const SEED = fromEnvironment('CARECHART_SEED', 1);
const EVENTS = 120;
const ALONE = 12;
const PATHWAYS = [...WHOLE, ...REPOSITORY];

const values = new Map<CompiledPathway, Values>();
const valuesOf = (compiled: CompiledPathway): Values => {
  const known = values.get(compiled) ?? new Values(compiled);
  values.set(compiled, known);
  return known;
};

/** One plan that adopts other versions of its pathway in the midst of random events. */
class Playing {
  readonly seen = new Map<string, number>();
  readonly #random: Random;
  readonly #first: CompiledPathway;
  #compiled: CompiledPathway;
  #pathway: Pathway;
  #last: Step | undefined;
  #at = '2026-03-02T15:00:00.000Z';
  #steps = 0;
  #versions = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#first = PATHWAYS[seed % PATHWAYS.length] ?? PATHWAYS[0] ?? never();
    this.#compiled = this.#first;
    this.#pathway = loadPathway(this.#first);
  }

  play(): void {
    this.#send(starting(this.#random, this.#first));
    for (let index = 0; index < EVENTS; index += 1) {
      const scene = { random: this.#random, state: this.#state, at: this.#at, answer: this.#last?.answer };
      this.#at = later(scene);
      const due = this.#state.wake.at;
      if (this.#random.chance(0.08)) this.#adopt();
      else if (due !== null && due <= this.#at && this.#random.chance(0.8)) this.#wake();
      else
        this.#send(
          nextEvent({
            ...scene,
            at: this.#at,
            compiled: this.#compiled,
            values: valuesOf(this.#first),
            isWilling: true,
          }),
        );
    }
    for (let index = 0; index < ALONE && this.#state.wake.at !== null; index += 1) {
      this.#at = this.#state.wake.at;
      this.#wake();
    }
  }

  get #state(): PlanState {
    return this.#last?.state ?? never();
  }

  #wake(): void {
    this.#send(wakeEvent('northside', this.#state.wake.generation));
  }

  #send(event: PlanEvent, next?: Pathway): Step {
    this.#steps += 1;
    const taken = step(this.#pathway, this.#last?.state, { ...event, id: `e-${this.#steps}` }, this.#at, {
      next,
    });
    this.#last = taken;
    if (this.#at < taken.state.now) this.#at = taken.state.now;
    return taken;
  }

  #adopt(): void {
    this.#versions += 1;
    const version = `1.0.${this.#versions}`;
    const isSame = this.#random.chance(0.2);
    const from = this.#random.chance(0.7) ? this.#compiled : this.#first;
    const compiled = isSame ? { ...this.#compiled, version } : anotherVersion(this.#random, from, version);
    const next = loadPathway(compiled);
    const before = this.#state;
    const pathway = { id: compiled.pathway, version, digest: digestNamed(`9${version}`) };
    const event = eventOf('adoptVersion', { pathway, reason: 'a newer one' }, { actor: lead });
    const { answer, state, journal } = this.#send(event, next);
    this.#saw(`${isSame ? 'the same' : 'another'} ${answer.outcome}`);
    if (answer.outcome === 'accepted') {
      this.#compiled = compiled;
      this.#pathway = next;
      expect(state.pathway).toEqual(pathway);
      expect(state.revisions).toHaveLength(before.revisions.length + 1);
      expect(
        Object.values(state.overrides).filter(({ status }) => ['active', 'requested'].includes(status)),
      ).toEqual([]);
      expect(PlanState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      if (isSame) expect(duesOf(state)).toMatchObject(duesOf(before, journal));
      return;
    }
    if (answer.outcome !== 'refused') throw new Error(JSON.stringify(answer));
    expect(state.pathway).toEqual(before.pathway);
    expect(state.revisions).toEqual(before.revisions);
    if (answer.code === 'CC3003') return;
    expect(answer.reasons.length).toBeGreaterThan(0);
    for (const { says } of answer.reasons) this.#saw(says.replaceAll(/\S*[-/]\S*|\d+/g, '…').slice(0, 24));
    if (isSame) throw new Error(`the same version is refused: ${JSON.stringify(answer)}`);
  }

  #saw(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}

function never(): never {
  throw new Error('it has begun');
}

/** When the open tasks are due that are open still. */
const duesOf = ({ waits, tasks }: PlanState, journal: Step['journal'] = []): Record<string, string> => {
  const ended = new Set(
    journal.flatMap(({ details }) => (typeof details.task === 'string' ? [details.task] : [])),
  );
  return Object.fromEntries(
    Object.entries(waits).flatMap(([id, { dueAt, kind }]) => {
      const task = id.slice('task/'.length);
      return kind === 'task' && !ended.has(task) && tasks[task] ? [[id, dueAt]] : [];
    }),
  );
};

it(
  `goes on by other versions through ${SEQUENCES} random sequences of events from seed ${SEED}`,
  () => {
    const seen = new Map<string, number>();
    for (let seed = SEED; seed < SEED + SEQUENCES; seed += 1) {
      const playing = new Playing(seed);
      try {
        playing.play();
      } catch (error) {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : error}`);
      }
      for (const [what, times] of playing.seen) seen.set(what, (seen.get(what) ?? 0) + times);
    }
    if (SEQUENCES < 10) return;
    expect(SEEN.filter((one) => !seen.has(one))).toEqual([]);
  },
  timeFor(100 * SEQUENCES),
);

const SEEN = ['the same accepted', 'another accepted', 'another refused'];
