import type { SeenStep } from '../../src/cli/demo/demo-stage.ts';
import { passedRows } from '../../src/cli/demo/story-lines.ts';
import { storyPage } from '../../src/cli/demo/story-page.ts';

const ZONE = 'America/New_York';
const NOON = '2040-03-05T17:00:00.000Z';

type Entry = SeenStep['entries'][number];
const entry = (kind: Entry['kind'], says: string, details: Entry['details'] = {}): Entry => ({
  ...{ sequence: 1, entry: 1, at: NOON, actor: { id: 'surgeon-1', roles: ['surgeon'] } },
  ...{ kind, says, details },
});
const message = (role: string, says: string) => ({ number: 1, effectId: 'demo/1/0', role, says, level: 0 });
const stepOf = (entries: readonly Entry[], told: SeenStep['told'] = [], at = NOON): SeenStep => ({
  at,
  entries,
  told,
});
const rung = (at: string): SeenStep =>
  stepOf(
    [entry('escalation.raised', 'Overdue since 2040-03-03T05:00:00.000Z: See', { level: 1, rung: 2 })],
    [message('clinical-lead', 'Overdue since 2040-03-03T05:00:00.000Z: See')],
    at,
  );

const rowsOf = (steps: readonly SeenStep[]) => passedRows({ steps }, ZONE).map(({ text }) => text);

describe('what came to pass', () => {
  it.each<[string, SeenStep, readonly string[]]>([
    [
      'names with each thing whom it was told',
      stepOf(
        [entry('hold.raised', 'Held: fever')],
        [message('surgeon', 'Held: fever'), message('nurse', 'Held: fever')],
      ),
      ['Held: fever → surgeon, nurse'],
    ],
    [
      'says apart what somebody was told besides',
      stepOf([entry('hold.raised', 'Held: fever')], [message('nurse', 'Please supply: temperature')]),
      ['Held: fever', '→ nurse: Please supply: temperature'],
    ],
    [
      'puts the work of one moment into one row',
      stepOf([
        entry('task.requested', 'Bloods, by the nurse'),
        entry('task.requested', 'Photographs, by the nurse'),
      ]),
      ['To do: Bloods, by the nurse; Photographs, by the nurse'],
    ],
    [
      'leaves out what the sender has just said',
      stepOf([
        entry('event.accepted', 'x'),
        entry('task.completed', 'Done: x'),
        entry('question.voted', 'x'),
      ]),
      [],
    ],
    [
      'leaves out that a decision lets the plan go on',
      stepOf([entry('action.taken', 'Decided: fill. Then: go on.', { step: { do: 'go' } })]),
      [],
    ],
    [
      'says where a decision leads otherwise',
      stepOf([
        entry('action.taken', 'Decided: again. Then: the stage is done again.', { step: { do: 'again' } }),
      ]),
      ['Decided: again. Then: the stage is done again.'],
    ],
    [
      'names rung and level of a ladder, and times by the clinic’s clock',
      rung(NOON),
      ['Rung 3, level 1. Overdue since end of Fri 2 Mar 2040: See → clinical-lead'],
    ],
  ])('%s', (_, step, rows) => {
    expect(rowsOf([step])).toEqual(rows);
  });

  it('says once what a ladder repeats, with how often', () => {
    expect(rowsOf([rung('2040-03-09T23:00:00.000Z'), rung('2040-03-16T22:00:00.000Z')])).toEqual([
      'Rung 3, level 1. Overdue since end of Fri 2 Mar 2040: See → clinical-lead (2 times, last Fri 16 Mar 2040 18:00)',
    ]);
  });
});

describe('the page', () => {
  const printed = (isColoured: boolean, text: string): string[] => {
    const lines: string[] = [];
    const page = storyPage({ zone: ZONE, isColoured, out: (line) => lines.push(...line.split('\n')) });
    page.rows([
      { at: NOON, who: 'nurse', text: 'states Haemoglobin: 92 g/L' },
      { at: NOON, text, tone: 'alarm' },
    ]);
    return lines;
  };

  it('stands under its day, each time once, the sender beside what was sent', () => {
    expect(printed(false, 'Held: anaemia')).toEqual([
      '',
      'Mon 5 Mar 2040',
      '  12:00  nurse              states Haemoglobin: 92 g/L',
      '                            ! Held: anaemia',
    ]);
  });

  it('breaks what is longer than its hundred columns, between words', () => {
    const lines = printed(false, Array.from({ length: 60 }, (_, index) => `word${index}`).join(' '));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(
      lines
        .slice(3)
        .join(' ')
        .match(/word\d+/g),
    ).toHaveLength(60);
  });

  it('gives a refusal, which has several lines, the whole width', () => {
    expect(printed(false, 'refused: CC3001\n  1. Fever.').slice(3)).toEqual([
      '         refused: CC3001',
      '           1. Fever.',
    ]);
  });

  it('has colours only where somebody sees them', () => {
    expect(printed(true, 'Held').join('')).toContain('\u001b[');
    expect(printed(false, 'Held').join('')).not.toContain('\u001b');
  });
});
