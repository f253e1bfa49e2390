import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apart } from './apart.ts';
import type { Report } from './report.ts';
import type { Rehearsal } from './run.ts';

export type { Report } from './report.ts';
export type { Rehearsal } from './run.ts';

/**
 * Rehearses a packaged stage, in a process of its own.
 *
 * @param progress called now and then with the part that is done, 0 to 1
 */
export function rehearse(rehearsal: Rehearsal, progress: (done: number) => void = () => undefined): Promise<Report> {
  const { bundle } = rehearsal;
  const worker = bundle ? pathToFileURL(join(bundle, 'rehearsal/worker.mjs')) : new URL('./worker.ts', import.meta.url);
  return apart(worker, 'the rehearsal', rehearsal, progress);
}
