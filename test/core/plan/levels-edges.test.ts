import { shownFigure } from '../../../src/core/plan/shown-figures.ts';
import { comeBack, decide, decisionOf, GO, leave, openTasks } from '../../support/decided.ts';
import {
  at,
  blood,
  CAREFUL,
  dose,
  FULL,
  LIMITED,
  LOWERED,
  notPerformed,
  planOf,
  REDUCED,
  report,
  STOP,
  start,
  withdrawReport,
} from '../../support/dosed.ts';
import { DOSE, limit, lower, planAt } from '../../support/figures.ts';
import { stageOf } from '../../support/pathways.ts';
import { Random } from '../../support/random.ts';

describe('a report that is withdrawn', () => {
  it('brings its session back: what was lowered for it is not lowered again', () => {
    const plan = planOf({ reduced: LOWERED });
    blood(plan, REDUCED, 3);
    start(plan, 3);
    report(plan, 3);
    withdrawReport(plan, 3);
    blood(plan, REDUCED, 4);
    expect(start(plan, 4).outcome).toBe('accepted');
    expect(dose(plan)).toBe('four fifths');
  });

  it('does not bring back what was for its session alone: the gate is asked again', () => {
    const plan = planOf({ reduced: LIMITED });
    blood(plan, REDUCED, 3);
    start(plan, 3);
    report(plan, 3);
    withdrawReport(plan, 3);
    expect(dose(plan)).toBe('full');
    expect(start(plan, 4)).toMatchObject({ figures: [{ value: 'four fifths', for: 'this session' }] });
  });
});

it('a plan that leaves its course and comes back stands before the same session, with what is so for it', () => {
  const plan = planOf({ reduced: LIMITED });
  blood(plan, REDUCED, 3);
  start(plan, 3);
  notPerformed(plan, 3);
  leave(plan, 'postponement', at(4));
  comeBack(plan, at(5));
  expect(plan.state.chart).toBe('first.ready');
  expect(dose(plan)).toBe('four fifths');
});

it('what is for this session where no stage is at hand is for the clinical lead to look at', () => {
  const plan = planAt(
    {
      figures: [DOSE],
      stages: [stageOf('first')],
      decidedIn: { consultation: [], assessment: ['begin'] },
      decisions: [
        decisionOf('begin', { outcomes: { no: [{ do: 'decide', decision: 'how' }], yes: GO } }),
        decisionOf('how', { outcomes: { less: [limit('four fifths', { for: 'this session' }), ...GO] } }),
      ],
    },
    undefined,
  );
  decide(plan, 'decision/begin', 'no');
  decide(plan, 'decision/how', 'less');
  expect(dose(plan)).toBe('full');
  expect(openTasks(plan)).toContain('plan/level-dose');
});

it('what is for the session of one stage is not so for another', () => {
  const plan = planOf({ reduced: LIMITED });
  blood(plan, REDUCED, 3);
  start(plan, 3);
  expect(shownFigure(plan, 'dose', 'first')).toMatchObject({ value: 'four fifths', for: 'this session' });
  expect(shownFigure(plan, 'dose', 'second')).toEqual({ figure: 'dose', title: 'Dose', value: 'full' });
});

it('a lowering without an end stays at the lowest level, and goes on', () => {
  const plan = planOf({ reduced: [lower(), ...GO] }, { dose: { value: 'three fifths', because: 'frail' } });
  blood(plan, REDUCED, 3);
  expect(start(plan, 3)).toMatchObject({ outcome: 'accepted', figures: [{ value: 'three fifths' }] });
});

/** The levels by another road: what is expected of one, told in a few lines. */
class Expected {
  lasting = 2;
  session: { by: 'table' | 'person'; do: 'lower' | 'limit'; to: number }[] = [];
  made = false;

  get level(): string {
    const at = this.session.reduce(
      (level, change) => (change.do === 'lower' ? Math.max(0, level - 1) : Math.min(level, change.to)),
      this.lasting,
    );
    return ['three fifths', 'four fifths', 'full'][at] ?? '';
  }

  /** @returns whether the gate opens */
  open(value: number): boolean {
    if (value === STOP || (value === CAREFUL && !this.made && this.lasting === 0)) return false;
    if (value === CAREFUL && !this.made) {
      this.lasting -= 1;
      this.made = true;
    }
    const isLimited = this.session.some(({ by }) => by === 'table');
    if (value !== REDUCED) this.session = this.session.filter(({ by }) => by === 'person');
    else if (!isLimited) this.session.push({ by: 'table', do: 'limit', to: 1 });
    return true;
  }

  decide(outcome: string): void {
    if (outcome === 'lower') this.lasting -= 1;
    if (outcome === 'lower-once') this.session.push({ by: 'person', do: 'lower', to: 0 });
    if (outcome === 'limit') this.session.push({ by: 'person', do: 'limit', to: 0 });
    if (outcome === 'raise') this.lasting += 1;
  }

  give(): void {
    this.session = [];
    this.made = false;
  }
}

it('whatever the order of blood counts, gates, reports and decisions, the level is the one expected', () => {
  const random = new Random(18);
  const seen = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const plan = planOf(
      { reduced: LIMITED, careful: LOWERED, stop: [{ do: 'decide', decision: 'problem' }] },
      undefined,
      { sessions: 100 },
    );
    const expected = new Expected();
    for (let day = 3; day < 28; day += 1) {
      const value = random.pick([STOP, CAREFUL, CAREFUL, REDUCED, FULL]);
      blood(plan, value, day);
      const isOpen = expected.open(value);
      expect([round, day, start(plan, day).outcome]).toEqual([round, day, isOpen ? 'accepted' : 'refused']);
      expect([round, day, dose(plan)]).toEqual([round, day, expected.level]);
      seen.add(`${isOpen} ${dose(plan)}`);
      if (isOpen && random.chance(0.5)) {
        report(plan, day);
        expected.give();
      } else if (isOpen) {
        notPerformed(plan, day);
      } else {
        const question = Object.keys(plan.state.questions).find((id) => !plan.state.questions[id]?.answer);
        const isLowest = expected.lasting === 0;
        const isHighest = expected.lasting === 2;
        const outcome = random.pick([
          ...['go-on', 'lower-once', 'limit'],
          ...(isLowest ? ['raise', 'raise', 'raise'] : ['lower']),
          ...(isHighest || isLowest ? [] : ['raise']),
        ]);
        decide(plan, question ?? '', outcome, { now: at(day) });
        expected.decide(outcome);
      }
      expect([round, day, dose(plan)]).toEqual([round, day, expected.level]);
    }
  }
  expect([...seen].sort()).toEqual(
    [true, false]
      .flatMap((isOpen) => ['three fifths', 'four fifths', 'full'].map((level) => `${isOpen} ${level}`))
      .sort(),
  );
});
