import { styleText } from 'node:util';
import { when } from '../text.ts';
import type { Row, Tone } from './story-lines.ts';

const WIDTH = 100;
/** `  08:00  breast-care-nurse  ` */
const WHO = 17;
const TEXT_AT = 2 + 5 + 2 + WHO + 2;
/** Reasons are long: they begin under the sender's name. */
const REASONS_AT = 2 + 5 + 2;

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<Tone, Style>> = {
  alarm: 'yellow',
  ladder: 'magenta',
  good: 'green',
  quiet: 'gray',
};
const MARKS: Readonly<Record<Tone, string>> = { alarm: '! ', ladder: '^ ', good: '+ ', quiet: '' };
const PLAIN_MARK = '· ';

export interface Page {
  /** A chapter's first words. */
  chapter(words: string): void;
  rows(rows: readonly Row[]): void;
  /** Anything else, as it is. */
  text(words: string): void;
}

/** What the marks mean. */
export const LEGEND =
  '! holds or alarms   + opens or clears   ^ a rung that the plan’s own timer climbs   → whom it told';

/** Sets the story in rows under its days, in `WIDTH` columns; in colour where somebody can see it. */
export function storyPage(options: {
  readonly zone: string;
  readonly isColoured: boolean;
  readonly out: (line: string) => void;
}): Page {
  const { zone, isColoured, out } = options;
  const paint = (style: Style, line: string): string =>
    isColoured ? styleText(style, line, { validateStream: false }) : line;
  let last = { day: '', time: '' };

  const print = ({ at, who, text, tone }: Row): void => {
    const [time = '', ...day] = when(at, zone).split(' ').reverse();
    const today = day.reverse().join(' ');
    if (today !== last.day) out(`\n${paint('bold', today)}`);
    const clock = today === last.day && time === last.time ? '     ' : time;
    last = { day: today, time };
    const lines = text.split('\n');
    const isReasons = lines.length > 1;
    const from = isReasons ? REASONS_AT : TEXT_AT;
    const mark = who === undefined && !isReasons ? (tone ? MARKS[tone] : PLAIN_MARK) : '';
    const [first = '', ...rest] = lines.flatMap((line, index) =>
      wrapped(index === 0 ? `${mark}${line}` : line, WIDTH - from),
    );
    const head = isReasons ? '' : `${(who ?? '').padEnd(WHO)}  `;
    const painted = (line: string): string => (tone ? paint(STYLES[tone], line) : line);
    out(`  ${paint('gray', clock)}  ${head}${painted(first)}`.trimEnd());
    for (const line of rest) out(`${' '.repeat(from)}${painted(line)}`);
  };
  return {
    chapter: (words) => {
      out(`\n${paint('cyan', '─'.repeat(WIDTH))}`);
      for (const line of wrapped(words, WIDTH, '')) out(paint('cyan', line));
      last = { day: '', time: '' };
    },
    rows: (rows) => rows.forEach(print),
    text: out,
  };
}

/** An arrow stands beside whom it points to. */
const BETWEEN_WORDS = /(?<!→) /;

/** What follows the first line of a sentence stands a little further in. */
function wrapped(line: string, width: number, hanging = '  '): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(BETWEEN_WORDS)) {
    const isFirst = current.trim() === '';
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current);
      current = `${indent}${hanging}${word}`;
    } else current = isFirst ? `${current}${word}` : `${current} ${word}`;
  }
  return [...lines, current];
}
