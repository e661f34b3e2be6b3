import type { Clearing } from '../model/verdict.schema.ts';
import { nameOf } from './hold-owners.ts';
import type { OutsideWork } from './outside.ts';

/** What is asked of whoever supplies the first of what is missing, by the time that the catalogue gives. */
export function supplyOf(title: string, set: readonly Clearing[] = []): OutsideWork | undefined {
  const asked = set.flatMap((one) => (one.kind === 'fact' || isTold(one) ? [one] : []));
  const [first] = asked;
  if (!first) return undefined;
  const names = [...new Set(asked.map((one) => (one.kind === 'fact' ? nameOf(one) : toldOf(one))))];
  const within = first.kind === 'fact' && first.within ? { within: first.within } : {};
  return { title: `${title}: please supply ${names.join(', ')}`, role: first.role, ...within };
}

type Told = Extract<Clearing, { kind: 'event' }>;

/** The history, for which an open task asks by itself; or when a stage was performed, whose report was taken back. */
const isTold = (one: Clearing): one is Told =>
  one.kind === 'event' && (one.type === 'history.recorded' || one.type === 'procedure.performed');

const toldOf = ({ type, needs }: Told): string =>
  type === 'procedure.performed' ? `when ${needs} was performed` : 'what was done before';
