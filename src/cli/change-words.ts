import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import type { PlanChange } from '../core/model/plan-change.schema.ts';

/** How the changes of a revision are written on the command line, each as one more of those before it. */

type Changes = readonly unknown[];
type Reader = (given: string, before?: Changes) => Changes;

/** `name=value`; what has parts, `name:part=value`, of which several may be said of one name. */
function partsOf(given: string, example: string, parts: readonly string[] = []) {
  const [, name = '', , part, value = ''] = /^([^=:]+)(:([a-z]+))?=(.*)$/s.exec(given) ?? [];
  const isMeant = parts.length === 0 ? part === undefined : part !== undefined && parts.includes(part);
  if (name.trim() === '' || value.trim() === '' || !isMeant)
    throw new InvalidArgumentError(`Write it as ${example}.`);
  return { name: name.trim(), part: part ?? '', value: value.trim() };
}

export const withFigureChange: Reader = (given, before = []) => {
  const { name: figure, value } = partsOf(given, 'cycle="21 days"');
  return [...before, { change: 'figure', figure, value } satisfies PlanChange];
};

const named =
  (key: 'interval' | 'task' | 'objective', parts: readonly string[], example: string): Reader =>
  (given, before = []) => {
    const { name, part, value } = partsOf(given, example, parts);
    const isSame = (one: unknown): one is object =>
      typeof one === 'object' &&
      one !== null &&
      key in one &&
      Object.entries(one).some(([of, said]) => of === key && said === name);
    const known = before.find(isSame);
    return [...before.filter((one) => one !== known), { change: key, [key]: name, ...known, [part]: value }];
  };

/** `spacing:minimum=8 weeks` */
export const withIntervalChange = named(
  'interval',
  ['minimum', 'recommended', 'latest'],
  'spacing:minimum="8 weeks"',
);

/** `excision.recovery/visit:due=3 days after procedure` */
export const withTaskChange = named(
  'task',
  ['due', 'every', 'role'],
  'excision.recovery/visit:due="3 days after procedure"',
);

/** `fewer:target=at least 60 %` */
export const withObjectiveChange = named('objective', ['target', 'by'], 'fewer:target="at least 60 %"');

const ADDED = /^(\S+) like (\S+) after (\S+)$/;

/** `second-exchange like exchange after exchange` */
export const withAddedStage: Reader = (given, before = []) => {
  const [, stage, like, after] = ADDED.exec(given.trim()) ?? [];
  if (stage === undefined || like === undefined || after === undefined)
    throw new InvalidArgumentError('Write it as "second-exchange like exchange after exchange".');
  return [...before, { change: 'stage-added', stage, like, after } satisfies PlanChange];
};

/** A file with a list of changes, in YAML or JSON. */
export const changesIn: Reader = (file, before = []) => {
  let read: unknown;
  try {
    read = parse(readFileSync(file, 'utf8'));
  } catch {
    throw new InvalidArgumentError(`${file} cannot be read as YAML.`);
  }
  if (!Array.isArray(read)) throw new InvalidArgumentError(`${file} holds no list of changes.`);
  return [...before, ...read];
};
