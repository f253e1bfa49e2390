import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** Not copied: what is linked, what the framework writes, and what is no part of the service. */
const LEFT_OUT = ['.git', 'node_modules', '.serverless', '.esbuild', '.lamplighter', '.emulators', 'coverage'];

/** It hangs when a bundle cannot be built. */
const SLS_TIMEOUT_MS = 240_000;

/** Where Node keeps compiled modules, for whatever starts Node often. */
export const COMPILED = resolve('.lamplighter/compiled');

/** A copy of the service in a temporary folder: other tests run the framework in the original at the same time. */
export class Service {
  readonly folder = mkdtempSync(join(tmpdir(), 'lamplighter-service-'));

  private readonly environment: Record<string, string>;

  constructor(environment: Record<string, string>) {
    this.environment = environment;
    cpSync('.', this.folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
  }

  /** Changes a stage file of the copy: ids must exist where it is deployed. */
  edit(file: string, changes: Record<string, string>): void {
    let text = readFileSync(join(this.folder, file), 'utf8');
    for (const [found, put] of Object.entries(changes)) {
      if (!text.includes(found)) throw new Error(`${file} has no "${found}": has the example changed?`);
      text = text.replaceAll(found, put);
    }
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs the framework there, as a user does. @throws Error with all that it printed. */
  sls(...args: string[]): Promise<string> {
    const program = resolve('node_modules/serverless/bin/serverless.js');
    const env = {
      ...process.env,
      ...this.environment,
      NODE_OPTIONS: '',
      // The framework's modules are the same each time, and take longer to read than most of its commands.
      NODE_COMPILE_CACHE: COMPILED,
      SLS_AWS_MONITORING_FREQUENCY: '500',
    };
    return new Promise((done, fail) => {
      execFile(
        process.execPath,
        [program, ...args],
        { cwd: this.folder, env, timeout: SLS_TIMEOUT_MS },
        (error, stdout, stderr) => {
          if (error)
            fail(new Error(`sls ${args.join(' ')} ended with ${error.code ?? error.signal}:\n${stdout}\n${stderr}`));
          else done(stdout + stderr);
        },
      );
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
