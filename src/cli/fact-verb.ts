import type { Command } from 'commander';
import type { FactValue } from '../core/model/event.schema.ts';
import { readValue, type ValueOptions } from './values.ts';

export interface FactOptions extends ValueOptions {
  readonly area?: string;
  readonly from?: string;
}

/** The options of every verb that states a value of a fact. */
export function addFactOptions(command: Command): Command {
  return command
    .option('--unit <unit>', 'of a number, as the catalogue or UCUM writes it')
    .option('--list', 'the value is a list: infection,herpes, or none for an empty one')
    .option('--area <site>', 'that was looked at, such as "left breast"')
    .option(
      '--from <source>',
      'whom you have it from, such as laboratory or record (else it is your own word)',
    );
}

/** What was stated, as an event says it. */
export function statedValue(command: Command, given: string, options: FactOptions) {
  const read = readValue(given, options);
  if ('problem' in read) return command.error(`error: ${read.problem}`, { exitCode: 2 });
  const { unit, area, from } = options;
  const stated: { value: FactValue; unit?: string; area?: string; from?: string } = { value: read.value };
  if (unit !== undefined) stated.unit = unit;
  if (area !== undefined) stated.area = area;
  if (from !== undefined) stated.from = from;
  return stated;
}
