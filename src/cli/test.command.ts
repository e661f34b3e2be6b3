import { type Command, Option } from 'commander';
import { AlreadySaid } from './already-said.ts';
import type { TestOptions } from './authoring/test.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
A case (rules/*.cases.yaml) is a rule, what is known of a made-up patient, and what the rule then says. A scenario
(pathways/*.scenario.yaml) is a made-up patient on a pathway, day by day. Both are judged by what judges real plans.
What comes otherwise than expected is told with its place, with what came, and with what that rests on.

Beside a scenario its trace may be kept (x.trace.txt): everything that happened, in words. It is compared each time, so
that nobody changes what happens to a patient without reading what changes.

  carechart test                                  all cases and scenarios
  carechart test rules/surgery.cases.yaml         those of one file
  carechart test --verbose                        each of them, with what came
  carechart test --coverage                       what of rules and pathways they show, and what they do not
  carechart test --update                         keep what happens now, once you have read what differs

Coverage counts, of each pathway: rules (each that said all it can say), conditions (each that was met, unmet and
unknown), rows of tables (each that gave the answer), states and transitions of its course, outcomes of decisions and
choices, gates (each that was open and refused). Exits and cancelling exist for every pathway, and are not counted.

It ends with 0 where all came as expected, and else with 1.`;

export function addTestCommand(program: Command, terminal: Terminal): void {
  program
    .command('test')
    .description('try the cases of the rules and the scenarios of the pathways')
    .argument('[paths...]', 'files or folders of them (else all of the clinic that you stand in)')
    .addOption(
      new Option('--format <format>', 'of what is printed').choices(['text', 'json']).default('text'),
    )
    .option('--coverage', 'count what of rules and pathways they show, and list what they do not')
    .option('--update', 'keep the trace of each scenario as it is now')
    .option('--verbose', 'list each case and scenario, with what came')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: TestOptions) => {
      const { test } = await import('./authoring/test.ts');
      if (!test(paths, options, terminal)) throw new AlreadySaid();
    });
}
