import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_LINES = 40;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly timeoutMs?: number;
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  readonly ok: boolean;
  /** The last lines of both outputs, or why the program could not be started or was stopped. */
  readonly output: string;
  readonly lines: number;
}

/** Runs a program to its end. Never rejects: what went wrong is in the result. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { onLine, timeoutMs, ...rest } = options;
  return new Promise((resolve) => {
    const kept: string[] = [];
    let lines = 0;
    const keep = (line: string) => {
      lines += 1;
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      onLine?.(line);
    };
    const child = spawn(program, args, {
      ...rest,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' }),
    });
    createInterface({ input: child.stdout }).on('line', keep);
    createInterface({ input: child.stderr }).on('line', keep);
    child.once('error', (error) => resolve({ ok: false, output: error.message, lines }));
    child.once('close', (code, signal) => {
      if (signal !== null) kept.push(`stopped by ${signal}`);
      else if (code !== 0) kept.push(`ended with code ${code}`);
      resolve({ ok: code === 0, output: kept.join('\n'), lines });
    });
  });
}
