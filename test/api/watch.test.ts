import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { watched } from '../../src/cli/authoring/watch.ts';
import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

const PATHWAY = 'pathways/mole-removal.pathway.yaml';

let clinic: AuthoringFolder;
beforeEach(() => {
  clinic = authoringFolder();
});
afterEach(() => clinic.remove());

/** Does something to the folder while it is watched. @returns the file that was said to have changed first */
async function changedBy(act: () => void): Promise<string> {
  let stop = (_why: string): void => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  return new Promise((resolve, reject) => {
    const told = (file: string): void => {
      stop('seen');
      watching.then(() => resolve(file), reject);
    };
    const watching = watched(clinic.path, told, stopped);
    act();
  });
}

const at = (file: string): string => join(clinic.path, file);

describe('whatever way a file changes, it is noticed, and watching ends when it is told to', () => {
  it.each<[string, string, () => void]>([
    ['written over', PATHWAY, () => clinic.put(PATHWAY, 'pathway: x\n')],
    [
      'replaced by another, as many editors save',
      PATHWAY,
      () => {
        writeFileSync(at('pathways/.mole-removal.swp'), 'pathway: x\n');
        renameSync(at('pathways/.mole-removal.swp'), at(PATHWAY));
      },
    ],
    ['new', 'rules/more.rules.yaml', () => clinic.put('rules/more.rules.yaml', 'ruleSet: x\n')],
    ['gone', PATHWAY, () => rmSync(at(PATHWAY))],
  ])('%s', async (_how, file, act) => {
    expect(await changedBy(act)).toBe(file);
  });

  it('several times in a row, each time anew', async () => {
    for (const text of ['a: 1\n', 'a: 2\n', 'a: 3\n'])
      expect(await changedBy(() => clinic.put(PATHWAY, text))).toBe(PATHWAY);
  });
});
