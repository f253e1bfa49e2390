import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Message<Result> = { heard: unknown } | { result: Result } | { error: Pick<Error, 'name' | 'message' | 'stack'> };

/**
 * Has something done in a process of its own: virtual time and the world in AWS's place are global, and Node does not
 * survive hundreds of threads that load TypeScript.
 *
 * @param worker a module that calls `answer`
 * @param what what it does, for the error when it ends without a result
 * @param heard called with what it says meanwhile
 * @param signal ends it, whatever it does
 */
export function apart<Input extends { root: string; bundle?: string }, Result>(
  worker: URL,
  what: string,
  input: Input,
  heard: (said: never) => void,
  signal?: AbortSignal,
): Promise<Result> {
  // A bundle is gone some day, and what was compiled of it with it.
  const compiled = join(input.bundle ?? input.root, '.lamplighter', 'compiled');
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(worker), {
      serialization: 'advanced',
      // What this process was started with is not for the other: a debugger's port, what jest needs. Young memory begins
      // at what V8 lets it grow to anyway: loading the modules fills its first megabyte over and over, a quarter of a day.
      execArgv: ['--min-semi-space-size=16'],
      // The modules are the same each time.
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(signal && { signal }),
    });
    child.on('message', (message: Message<Result>) => {
      if ('result' in message) resolve(message.result);
      else if ('error' in message) reject(Object.assign(new Error(message.error.message), message.error));
      else heard(message.heard as never);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      reject(new Error(`${what} ended without a report (${signal ?? `exit code ${code}`})`)),
    );
    child.send(input);
  });
}

/** In the process of its own: does the work that is asked for, and ends with the one that asked. */
export function answer<Input, Result>(work: (input: Input, say: (what: unknown) => void) => Promise<Result>): void {
  process.on('disconnect', () => process.exit());
  process.on('uncaughtException', fail);
  process.once('message', async (input: Input) => {
    try {
      const result = await work(input, (heard) => void say({ heard }));
      await say({ result });
      process.exit();
    } catch (error) {
      await fail(error);
    }
  });
}

/** What is thrown would lose its name on the way. */
async function fail(thrown: unknown): Promise<void> {
  const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  await say({ error: { name, message, stack } });
  process.exit(1);
}

function say(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
