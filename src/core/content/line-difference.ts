/** Lines around a difference that are shown with it. */
const AROUND = 2;
/** Beyond it, what differs is shown whole: first all that was, then all that is. */
const MOST_COMPARED = 1_500;

/**
 * What differs between two texts, line by line: `- ` was, `+ ` is, `  ` both; `…` where lines of both are left out.
 * @returns no line where they are the same
 */
export function lineDifference(was: string, is: string): string[] {
  const [before, after] = [was.split('\n'), is.split('\n')];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  if (start === before.length && start === after.length) return [];
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = compared(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const both = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  return shortened([
    ...both(before.slice(0, start)),
    ...middle,
    ...both(end === 0 ? [] : before.slice(-end)),
  ]);
}

function compared(before: readonly string[], after: readonly string[]): string[] {
  const gone = (lines: readonly string[]): string[] => lines.map((line) => `- ${line}`);
  const come = (lines: readonly string[]): string[] => lines.map((line) => `+ ${line}`);
  if (Math.max(before.length, after.length) > MOST_COMPARED) return [...gone(before), ...come(after)];
  const common = commonLengths(before, after);
  const lines: string[] = [];
  let [one, other] = [0, 0];
  while (one < before.length && other < after.length) {
    const [was = '', is = ''] = [before[one], after[other]];
    if (was === is) {
      lines.push(`  ${was}`);
      one += 1;
      other += 1;
    } else if ((common[one + 1]?.[other] ?? 0) >= (common[one]?.[other + 1] ?? 0)) {
      lines.push(`- ${was}`);
      one += 1;
    } else {
      lines.push(`+ ${is}`);
      other += 1;
    }
  }
  return [...lines, ...gone(before.slice(one)), ...come(after.slice(other))];
}

/** At [i][j], how many lines the rests from i and from j have in common, in their order. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const [row, below] = [lengths[one], lengths[one + 1]];
    if (!row || !below) continue;
    for (let other = after.length - 1; other >= 0; other -= 1)
      row[other] =
        before[one] === after[other]
          ? (below[other + 1] ?? 0) + 1
          : Math.max(below[other] ?? 0, row[other + 1] ?? 0);
  }
  return lengths;
}

/** Of what both have, only the lines near a difference. */
function shortened(lines: readonly string[]): string[] {
  const isNear = lines.map((_line, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((line) => !line.startsWith('  ')),
  );
  return lines.flatMap((line, at) => (isNear[at] ? [line] : (isNear[at - 1] ?? true) ? ['…'] : []));
}
