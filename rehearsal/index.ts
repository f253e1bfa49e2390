import { Worker } from 'node:worker_threads';
import type { Report } from './report.ts';
import type { Rehearsal } from './run.ts';

export type { Report } from './report.ts';
export type { Rehearsal } from './run.ts';

/**
 * Rehearses a packaged stage: in a thread of its own, because virtual time and the world in AWS's place are global.
 *
 * @param progress called now and then with the part that is done, 0 to 1
 */
export function rehearse(rehearsal: Rehearsal, progress: (done: number) => void = () => undefined): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: rehearsal });
    worker.on('message', (message: { done?: number; report?: Report }) => {
      if (message.report) resolve(message.report);
      else if (message.done !== undefined) progress(message.done);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the rehearsal ended without a report (exit code ${code})`)));
  });
}
