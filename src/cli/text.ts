/** Aligns columns by two spaces; the last one runs free. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    `${indent}${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** A heading with what stands under it; nothing at all when that is nothing. */
export const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

/** `Mon 2 Mar 2026 09:00`, in the clinic's zone. */
export function when(instant: string, timeZone: string): string {
  const { day, time } = partsOf(new Date(instant), timeZone);
  return `${day} ${time}`;
}

/** What is due at the first instant of a day is due by the end of the day before. */
export function deadline(instant: string, timeZone: string): string {
  const at = new Date(instant);
  const { day, time } = partsOf(at, timeZone);
  if (time !== '00:00') return `${day} ${time}`;
  return `end of ${partsOf(new Date(at.getTime() - 1), timeZone).day}`;
}

/** `2026-03-08` as `Sun 8 Mar 2026`. */
export const dayText = (date: string): string => partsOf(new Date(`${date}T12:00:00Z`), 'UTC').day;

/** `Mon 2 Mar 2026`, or `Mon 2 Mar 2026 to Wed 4 Mar 2026` of what took several days. */
export const spanText = (from: string, to: string | undefined): string =>
  to === undefined || to === from ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;

/** `7 Apr to 5 May 2026`; the year and the month stand once where they are the same. */
export function daysText({ from, to }: { from: string; to: string }): string {
  const [first, last] = [dayText(from), dayText(to)].map((text) => text.split(' ').slice(1));
  const [day, month, year] = first ?? [];
  const end = last?.join(' ');
  if (from === to) return `on ${end}`;
  if (year !== last?.[2]) return `${first?.join(' ')} to ${end}`;
  return month === last?.[1] ? `${day} to ${end}` : `${day} ${month} to ${end}`;
}

function partsOf(at: Date, timeZone: string): { day: string; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    // Of the months only September is shortened to four letters.
    day: `${part.weekday} ${part.day} ${part.month?.slice(0, 3)} ${part.year}`,
    time: `${part.hour}:${part.minute}`,
  };
}
