import { join } from 'node:path';
import { firstPlanCommand } from '../../src/cli/first-plan.ts';
import { main } from '../../src/cli/main.ts';
import { compileFolder } from '../../src/engine/content.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { twoStages } from '../fixtures/two-stages.compiled.ts';
import { createWorld } from './world.ts';

const compiled = compileFolder(join(__dirname, '../..'));

test('the first plan is the shortest that leaves no area to choose, wherever it stands', () => {
  const command = 'npx carechart start mole-removal --patient example-patient --plan first-plan';
  const longer = {
    ...moleRemoval,
    pathway: 'another',
    stages: [...moleRemoval.stages, ...moleRemoval.stages],
  };
  expect(firstPlanCommand([{ ...twoStages, pathway: 'another' }, longer, moleRemoval])).toBe(command);
  expect(firstPlanCommand(compiled)).toBe(command);
});

test('where every pathway leaves a choice, the command makes one', () => {
  expect(firstPlanCommand([twoStages])).toBe(
    'npx carechart start mole-removal --patient example-patient --plan first-plan --area treatment="left breast"',
  );
  expect(firstPlanCommand([])).toContain('<pathway>');
});

test.each(compiled.map((one) => [one.pathway, one] as const))(
  'a plan starts on the published pathway %s, and can be shown and explained',
  async (pathway, one) => {
    const world = await createWorld({ compiled: one });
    const url = await world.api.listen({ host: '127.0.0.1', port: 0 });
    const carechart = async (...words: string[]): Promise<string> => {
      const said: string[] = [];
      const keep = (text: string): void => void said.push(text);
      const code = await main(['node', 'carechart', ...words], {
        env: { CARECHART_URL: url },
        out: keep,
        err: keep,
      });
      expect({ code, said: code === 0 ? '' : said.join('\n') }).toEqual({ code: 0, said: '' });
      return said.join('\n');
    };
    const areas = Object.entries(one.areas).flatMap(([role, { choose, sites }]) =>
      choose === 'all' ? [] : ['--area', `${role}=${sites[0]}`],
    );
    await carechart('start', pathway, '--patient', 'p-1', '--plan', 'plan-1', ...areas);
    expect(await carechart('show', 'plan-1')).toContain(`plan-1: ${one.title} ${one.version}, `);
    expect(await carechart('explain', 'plan-1')).toContain('plan-1 is in consultation.');
    await world.api.close();
  },
);
