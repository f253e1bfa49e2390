import { apart } from '../apart.ts';
import type { LocalReport } from './report.ts';
import type { Local } from './run.ts';

export type { LocalReport } from './report.ts';
export type { Local } from './run.ts';

/**
 * Runs a pipeline of a packaged stage on this machine, and what follows it, in a process of its own.
 *
 * @param told what happens, as it happens
 */
export function runHere(local: Local, told: (text: string) => void = () => undefined): Promise<LocalReport> {
  return apart(new URL('./worker.ts', import.meta.url), 'the run', local, told);
}
