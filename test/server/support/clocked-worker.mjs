// A worker that lives by the time-skipping server's clock.
import { configOf, createLogger, dataDirOf } from '../../../dist/src/cli/runtime.js';
import { runWorker } from '../../../dist/src/engine/run-worker.js';
import { skippingClockAt } from '../../../dist/src/engine/skipping-clock.js';

const config = configOf(dataDirOf(process.argv[2]), createLogger());
const { clock, look } = await skippingClockAt(config.temporalAddress);

const worker = await runWorker({
  ...config,
  clock,
  intercept: (ports) => ({
    ...ports,
    tell: async (...told) => {
      await look();
      await ports.tell(...told);
    },
  }),
});
console.log(JSON.stringify({ ready: true }));
await worker.done;
