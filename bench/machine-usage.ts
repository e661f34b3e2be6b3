import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { statFields } from '../src/machine/processes.ts';

/** What /proc tells of processes. Linux only, as the measures that use it say. */

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

// Of the fields after the name: parent is [1], own user and system time [11] and [12], dead children's [13] and [14].
const ticks = (fields: readonly string[], at: readonly number[]): number =>
  at.reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);

/** User and system time of a process, all its threads. */
export const cpuMs = (pid: number): number => inMs(ticks(statFields(pid), [11, 12]));

/** The same with its children, ended and living: PostgreSQL's connections. */
export function cpuMsWithChildren(pid: number): number {
  let sum = ticks(statFields(pid), [11, 12, 13, 14]);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statFields(Number(name));
    if (Number(fields[1]) === pid) sum += ticks(fields, [11, 12]);
  }
  return inMs(sum);
}

const inMs = (sum: number): number => (sum * 1000) / TICKS_PER_SECOND;

/** All processors' time that was not idle, since boot: what else the machine did during a round. */
export function machineBusyMs(): number {
  const [, user, nice, system, , , irq, softirq, steal] = (
    readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
  ).split(/\s+/);
  const busy = [user, nice, system, irq, softirq, steal].reduce((sum, value) => sum + Number(value ?? 0), 0);
  return inMs(busy);
}
