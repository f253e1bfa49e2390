import { parentPort, workerData } from 'node:worker_threads';
import { type Rehearsal, run } from './run.ts';

// One rehearsal, in a thread of its own.
const report = await run(workerData as Rehearsal, (done) => parentPort?.postMessage({ done }));
parentPort?.postMessage({ report });
