import { readFileSync } from 'node:fs';
import { main } from '../../src/cli/main.ts';
import { compileContent } from '../../src/core/content/compile-content.ts';
import { sorted } from '../../src/core/content/content.ts';
import { invariant } from '../../src/core/model/failure.ts';
import { readContent } from '../../src/engine/content.ts';
import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';
import { createWorld, type World } from './world.ts';

/** The guide for clinical leads, done line by line as it stands, in the folder of a small clinic. */
const GUIDE = readFileSync('docs/authoring.md', 'utf8');

interface Block {
  readonly kind: string;
  readonly file: string;
  readonly text: string;
}
const blocks: Block[] = [...GUIDE.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', file = '', text = '']) => ({ kind, file, text }),
);

let clinic: AuthoringFolder;
let world: World | undefined;
const home = process.cwd();
beforeAll(() => {
  clinic = authoringFolder();
  process.chdir(clinic.path);
});
afterAll(async () => {
  process.chdir(home);
  clinic.remove();
  await world?.api.close();
});

/** What the last commands said, and the digest that one of them named. */
let said = '';
let digest = '';
let address = '';

const SERVED = ['publish', 'approve', 'versions', 'start', 'observe', 'complete', 'show'];

it.each(blocks.map((block, index) => [index + 1, `${block.kind} ${block.file}`.trim(), block] as const))(
  'block %i of the guide, %s, is as it says',
  async (_number, _what, { kind, file, text }) => {
    if (kind === 'diff') change(file, text);
    else if (kind === 'yaml') clinic.put(file, text);
    else if (kind === 'sh') {
      const outputs: string[] = [];
      for (const command of text.trim().split('\n')) outputs.push(await run(command));
      said = outputs.join('\n');
    } else {
      expect(kind).toBe('text');
      for (const line of text.trim().split('\n')) expect(said).toContain(line.trimEnd());
    }
  },
);

it('the pathway of the guide says all that it is to say, and nothing of it is left to mend', async () => {
  const { code, out } = await clinic.run('check', '{}');
  expect([code, out]).toEqual([0, expect.stringMatching(/no errors(?!.*warning)/)]);
});

/** Lines that stay, go and come; those that stay and go stand together in the file, once. */
function change(file: string, diff: string): void {
  const lines = diff.split('\n').slice(0, -1);
  const side = (gone: string): string =>
    lines
      .filter((line) => !line.startsWith(gone))
      .map((line) => line.slice(1))
      .join('\n');
  const [before, after] = [side('+'), side('-')];
  expect(clinic.text(file).split(`${before}\n`)).toHaveLength(2);
  clinic.change(file, before, after);
}

async function run(command: string): Promise<string> {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const [npx, carechart, verb = '', ...rest] = words;
  expect([npx, carechart]).toEqual(['npx', 'carechart']);
  const isOfPlan = verb === 'explain' && !rest.includes('--scenario');
  if (SERVED.includes(verb) || isOfPlan) await serve();
  const told: string[] = [];
  const argv = ['node', 'carechart', verb, ...rest.map((word) => (word === '<digest>' ? digest : word))];
  const tell = (text: string): void => void told.push(text);
  await main(argv, {
    env: address === '' ? {} : { CARECHART_URL: address },
    out: tell,
    err: tell,
  });
  const all = told.join('\n').replaceAll(`${clinic.path}/`, '');
  digest = /\b[0-9a-f]{8,64}\b/.exec(all)?.[0] ?? digest;
  return all;
}

/** A server that has the pathway of the guide, as it stands when it is published. */
async function serve(): Promise<void> {
  if (world) return;
  const { content } = sorted(readContent(clinic.path).files);
  invariant(content !== undefined, 'there is a clinic');
  const compiled = compileContent(content)
    .pathways.map((one) => one.compiled)
    .find(({ pathway }) => pathway === 'ingrown-toenail');
  world = await createWorld(compiled ? { compiled } : {});
  address = await world.api.listen({ host: '127.0.0.1', port: 0 });
}
