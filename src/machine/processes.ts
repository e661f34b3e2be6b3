import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** A process that cannot be mistaken for a later one that got the same number. */
export const ProcessStamp = z.strictObject({ pid: z.int().positive(), startedAt: z.string() });
export type ProcessStamp = z.infer<typeof ProcessStamp>;

const hasProc = existsSync('/proc/self/stat');

/** Fields of /proc/<pid>/stat after the name, which may itself hold blanks and brackets: state is [0], start [19]. */
export function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function ps(...options: string[]): string {
  try {
    return execFileSync('ps', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** @returns undefined when there is no such process, or only its unreaped remains */
export function stampOf(pid: number): ProcessStamp | undefined {
  const [state = '', startedAt = ''] = hasProc
    ? [statFields(pid)[0], statFields(pid)[19]]
    : [ps('-o', 'state=', '-p', `${pid}`), ps('-o', 'lstart=', '-p', `${pid}`)];
  return startedAt === '' || /^[ZX]/.test(state) ? undefined : { pid, startedAt };
}

export const isAlive = (stamp: ProcessStamp): boolean => stampOf(stamp.pid)?.startedAt === stamp.startedAt;

export function ownStamp(): ProcessStamp {
  return stampOf(process.pid) ?? { pid: process.pid, startedAt: '' };
}

/** The arguments as given; where the system only tells them joined, one string. */
export function argumentsOf(pid: number): readonly string[] {
  if (!hasProc) return [ps('-ww', '-o', 'command=', '-p', `${pid}`)];
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}

/** Every live process one of whose arguments holds `text`, without this one. */
export function processesNaming(text: string): readonly ProcessStamp[] {
  const pids = hasProc
    ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    : ps('-ax', '-o', 'pid=').split('\n');
  return pids
    .map(Number)
    .filter((pid) => pid !== process.pid && argumentsOf(pid).some((argument) => argument.includes(text)))
    .flatMap((pid) => stampOf(pid) ?? []);
}

/** @returns whether the process is gone within `forMs` */
export async function awaitEnd(stamp: ProcessStamp, forMs: number): Promise<boolean> {
  const until = performance.now() + forMs;
  while (isAlive(stamp)) {
    if (performance.now() > until) return false;
    await pause(20);
  }
  return true;
}

export interface StopStep {
  readonly signal: NodeJS.Signals;
  readonly waitMs: number;
}

/** Sends the signals in order, each with its wait, until the process is gone. SIGKILL ends the list by itself. */
export async function stopProcess(stamp: ProcessStamp, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, waitMs } of [...steps, { signal: 'SIGKILL', waitMs: 5_000 } as const]) {
    if (!isAlive(stamp)) return;
    try {
      process.kill(stamp.pid, signal);
    } catch {
      // Gone between the look and the signal, or not ours to stop: the wait below tells which.
    }
    if (await awaitEnd(stamp, waitMs)) return;
  }
  throw new Error(`process ${stamp.pid} does not end, not even by SIGKILL`);
}
