import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

interface OverrideOptions extends EventOptions {
  readonly reason: string;
  readonly area?: string;
  readonly answer?: string;
  readonly note?: string;
}

export function addOverrideCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('override')
    .description('set a rule aside for one stage, where its file allows that')
    .argument('<plan>')
    .argument('<rule>')
    .argument('<stage>')
    .requiredOption('--reason <word>', 'one of those that the rule names')
    .option('--area <site>', 'of which the rule is set aside, such as "left breast"')
    .option('--answer <answer>', 'that counts instead, for a table')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, rule: string, stage: string, options: OverrideOptions, command: Command) => {
      const { reason, area, answer, note } = options;
      const more = {
        ...(area === undefined ? {} : { area }),
        ...(answer === undefined ? {} : { answer }),
        ...(note === undefined ? {} : { note }),
      };
      const data = { rule, stage, reason, ...more };
      await sendEvent(command, terminal, { plan, type: 'grantOverride', data, options });
    },
  );
}
