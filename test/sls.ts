import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** Many times what it takes. */
const TIMEOUT_MS = 240_000;

/** Where Node keeps compiled modules, for whatever starts Node often. */
export const COMPILED = resolve('.lamplighter/compiled');

/**
 * Runs the framework in a folder of the service, as a user does.
 *
 * @throws Error with all that it printed, when it fails or does not end in time
 */
export function sls(cwd: string, args: string[], environment: Record<string, string> = {}): Promise<string> {
  const env = {
    ...process.env,
    ...environment,
    NODE_OPTIONS: '',
    // The framework's modules are the same each time, and take longer to read than most of its commands.
    NODE_COMPILE_CACHE: COMPILED,
    SLS_AWS_MONITORING_FREQUENCY: '500',
  };
  const command = [resolve('node_modules/serverless/bin/serverless.js'), ...args];
  return new Promise((done, fail) => {
    execFile(process.execPath, command, { cwd, env, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      if (!error) return done(stdout + stderr);
      const how = error.killed
        ? `did not end within ${TIMEOUT_MS / 1000} s, so it was ended: run it in ${cwd} to see where it hangs`
        : `ended with ${error.code ?? error.signal}`;
      fail(new Error(`sls ${args.join(' ')} ${how}:\n${stdout}\n${stderr}`));
    });
  });
}
