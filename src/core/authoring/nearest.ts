/** Help that names the likeliest word, or else the words there are. */
export function didYouMean(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const shown = known.slice(0, SHOWN).join(', ');
  return known.length > SHOWN ? `known are ${shown}, and ${known.length - SHOWN} more` : `known: ${shown}`;
}

const SHOWN = 12;

/** @returns the word fewest edits away; undefined when none is nearer than a third of its letters */
export function nearest(written: string, words: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const word of words) {
    const longest = Math.max(written.length, word.length);
    if (Math.abs(written.length - word.length) * 3 > longest + 2) continue;
    const edits = editsBetween(written.toLowerCase(), word.toLowerCase());
    if (edits * 3 <= longest + 2 && (!best || edits < best.edits)) best = { word, edits };
  }
  return best?.word;
}

/** Levenshtein's distance, by the row. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
