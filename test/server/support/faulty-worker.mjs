// A worker that dies between the commit of a step and the completion of its task: the store knows the step, history
// does not. FAULT_AFTER_COMMITS says after how many; FAULT_KILLS names other processes that die first.

import { configOf, createLogger, dataDirOf } from '../../../dist/src/cli/runtime.js';
import { runWorker } from '../../../dist/src/engine/run-worker.js';

let left = Number(process.env.FAULT_AFTER_COMMITS);
const alsoKilled = (process.env.FAULT_KILLS ?? '').split(',').filter(Boolean).map(Number);

const worker = await runWorker({
  ...configOf(dataDirOf(process.argv[2]), createLogger()),
  intercept: (ports) => ({
    ...ports,
    commit: async (...step) => {
      const committed = await ports.commit(...step);
      left -= 1;
      if (left <= 0) {
        for (const pid of alsoKilled) process.kill(pid, 'SIGKILL');
        process.kill(process.pid, 'SIGKILL');
      }
      return committed;
    },
  }),
});
console.log(JSON.stringify({ ready: true }));
await worker.done;
