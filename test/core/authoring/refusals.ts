import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CODES, type Code } from '../../../src/core/model/codes.ts';
import { alter, EVERYTHING, type Part, sourcesOf, type Texts } from './sample.ts';

/** What is refused with which code, where (at the mark), and the nearest thing to it that is taken. */
export type Row = readonly [
  code: Code,
  says: string,
  part: Part,
  change: { readonly from: string; readonly refused: string; readonly taken: string },
];

/** Every row drawn and not drawn; between them, every code of a range. */
export function describeRefusals({ from, to }: { from: Code; to: Code }, rows: readonly Row[]): void {
  describeRows(rows);

  it(`draws every code from ${from} to ${to}`, () => {
    const codes = Object.keys(CODES).filter((code) => code >= from && code <= to);
    expect([...new Set(rows.map(([code]) => code))].sort()).toEqual(codes);
  });
}

/** Every row drawn and not drawn. */
export function describeRows(rows: readonly Row[], whole: Texts = EVERYTHING): void {
  describe('a file is refused, at the place that is wrong, for', () => {
    it.each(rows)('%s: %s', (code, _says, part, change) => {
      const { texts, at } = alter(whole, part, change.from, change.refused);
      const { compiled, problems } = compilePathway(sourcesOf(texts));
      expect(problems.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
        `${texts[part].file}:${at}`,
      ]);
      expect(problems[0]?.code).toBe(code);
      expect(compiled).toBeUndefined();
    });
  });

  describe('the nearest thing to it is taken:', () => {
    it.each(rows)('%s: %s', (_code, _says, part, change) => {
      const { problems } = compilePathway(sourcesOf(alter(whole, part, change.from, change.taken).texts));
      expect(problems).toEqual([]);
    });
  });
}
