import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../../..');

interface ProgramOptions {
  /** The script and its arguments. */
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output and error go there. */
  readonly log: string;
  readonly readyWithinMs?: number;
}

/** A process of the system under test, started from what is built; killed by its own id only. */
export class Program {
  readonly child: ChildProcess;
  readonly ready: Promise<Record<string, unknown>>;
  readonly exited: Promise<void>;

  constructor({ run, env = {}, log, readyWithinMs = 60_000 }: ProgramOptions) {
    const file = createWriteStream(log, { flags: 'a' });
    this.child = spawn(process.execPath, [...run], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr?.pipe(file, { end: false });
    this.exited = new Promise((done) => {
      this.child.once('exit', () => done());
    });
    this.ready = new Promise((done, fail) => {
      let text = '';
      const timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        fail(new Error(`${run.join(' ')} is not ready; see ${log}`));
      }, readyWithinMs);
      this.child.once('exit', (code) => {
        clearTimeout(timer);
        fail(new Error(`${run.join(' ')} ended with ${code}; see ${log}`));
      });
      this.child.stdout?.on('data', (chunk: Buffer) => {
        file.write(chunk);
        text += chunk.toString();
        const line = text.split('\n').find((one) => one.startsWith('{"ready":true'));
        if (line === undefined) return;
        clearTimeout(timer);
        text = '';
        done(JSON.parse(line));
      });
    });
    this.ready.catch(() => undefined);
  }

  /** @throws Error when it has not ended a minute after it was asked to; it is killed then */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    let isForced = false;
    const force = setTimeout(() => {
      isForced = true;
      this.child.kill('SIGKILL');
    }, 60_000);
    await this.exited;
    clearTimeout(force);
    if (isForced) throw new Error(`${this.child.spawnargs.join(' ')} did not end on ${signal}`);
  }
}

export const carechart = (...args: readonly string[]): string[] => [join(ROOT, 'bin/carechart.js'), ...args];
