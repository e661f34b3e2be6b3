// A worker that lives by the time-skipping server's clock. The clock is asked all the time, for a step needs its answer
// at once; where it is a moment behind, the step takes the workflow's own time.
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection.js';
import { configOf, createLogger, dataDirOf } from '../../../dist/src/cli/runtime.js';
import { runWorker } from '../../../dist/src/engine/run-worker.js';

const config = configOf(dataDirOf(process.argv[2]), createLogger());
const connection = await Connection.connect({
  address: config.temporalAddress,
  [InternalConnectionOptionsSymbol]: { supportsTestService: true },
});
let known = '';
const ask = async () => {
  const { time } = await connection.testService.getCurrentTime({});
  const at = new Date(Number(time.seconds) * 1_000 + Math.floor(time.nanos / 1e6)).toISOString();
  if (at > known) known = at;
};
await ask();
void (async () => {
  for (;;) {
    await ask();
    await pause(20);
  }
})();

const worker = await runWorker({
  ...config,
  clock: { now: () => known },
  intercept: (ports) => ({
    ...ports,
    tell: async (...told) => {
      await ask();
      await ports.tell(...told);
    },
  }),
});
console.log(JSON.stringify({ ready: true }));
await worker.done;
