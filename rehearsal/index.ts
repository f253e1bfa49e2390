import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './report.ts';
import type { Rehearsal } from './run.ts';

export type { Report } from './report.ts';
export type { Rehearsal } from './run.ts';

type Message = { done: number } | { report: Report } | { error: Pick<Error, 'name' | 'message' | 'stack'> };

/**
 * Rehearses a packaged stage: in a process of its own, because virtual time and the world in AWS's place are global, and
 * because Node does not survive hundreds of threads that load TypeScript.
 *
 * @param progress called now and then with the part that is done, 0 to 1
 */
export function rehearse(rehearsal: Rehearsal, progress: (done: number) => void = () => undefined): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
      serialization: 'advanced',
      // What this process was started with is not for the other: a debugger's port, what jest needs. Young memory begins
      // at what V8 lets it grow to anyway: loading the modules fills its first megabyte over and over, a quarter of a day.
      execArgv: ['--min-semi-space-size=16'],
      // The modules are the same in each rehearsal.
      env: { NODE_COMPILE_CACHE: join(rehearsal.root, '.lamplighter', 'compiled'), ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message: Message) => {
      if ('report' in message) resolve(message.report);
      else if ('error' in message) reject(Object.assign(new Error(message.error.message), message.error));
      else progress(message.done);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      reject(new Error(`the rehearsal ended without a report (${signal ?? `exit code ${code}`})`)),
    );
    child.send(rehearsal);
  });
}
