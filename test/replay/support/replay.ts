import { resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { compressingCodec } from '../../../src/engine/payload-codec.ts';
import { installTemporalRuntime } from '../../../src/engine/temporal-logging.ts';
import { historyFromJson } from './history-json.ts';
import type { KeptPlan } from './kept-plan.ts';
import type { Report } from './reporter.ts';

/** One run replayed: all that the workflow said, and why Temporal stopped it, if it did. */
export interface Replay {
  readonly reports: readonly Report[];
  readonly stopped: Error | undefined;
}

const at = (path: string): string => resolve(__dirname, '../../..', path);
const payloadConverterPath = at('workflows/payload-converter.ts');

/** Replays with today's workflow code, and the data converter that workers have. */
export class Replayer {
  readonly #bundle: { readonly code: string };

  private constructor(bundle: { readonly code: string }) {
    this.#bundle = bundle;
  }

  static async create(): Promise<Replayer> {
    installTemporalRuntime(pino({ level: 'silent' }));
    return new Replayer(
      await bundleWorkflowCode({
        workflowsPath: at('workflows/treatment-plan.workflow.ts'),
        payloadConverterPath,
        workflowInterceptorModules: [at('workflows/interceptors.ts'), at('test/replay/support/reporter.ts')],
        logger: new DefaultLogger('ERROR'),
      }),
    );
  }

  async replay(kept: KeptPlan): Promise<readonly Replay[]> {
    const replays: Replay[] = [];
    for (const run of kept.runs) replays.push(await this.#replayRun(run, kept.workflowId));
    return replays;
  }

  async #replayRun(history: unknown, workflowId: string): Promise<Replay> {
    const reports: Report[] = [];
    const options: ReplayWorkerOptions = {
      workflowBundle: this.#bundle,
      dataConverter: { payloadConverterPath, payloadCodecs: [compressingCodec] },
      sinks: {
        reports: {
          say: { fn: (_info, text) => void reports.push(JSON.parse(String(text))), callDuringReplay: true },
        },
      },
    };
    try {
      await Worker.runReplayHistory(options, historyFromJson(history), workflowId);
      return { reports, stopped: undefined };
    } catch (error) {
      return { reports, stopped: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}
