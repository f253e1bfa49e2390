import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { sls } from '../sls.ts';

/** Not copied: what is linked, what the framework writes, and what is no part of the service. */
const LEFT_OUT = ['.git', 'node_modules', '.serverless', '.esbuild', '.lamplighter', '.emulators', 'coverage'];

const AS_THEY_ARE =
  "module.exports = { bundle: false, charset: 'utf8', format: 'cjs', outputFileExtension: '.cjs', exclude: [] };\n";

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

  /**
   * Puts the bundles that were packaged once in the place of what they were made of: they are the same whatever the stage
   * file says, and making them takes longer than all the rest of a package.
   *
   * @param packaged the folder of a package
   */
  useBundles(packaged: string): void {
    for (const zip of readdirSync(packaged).filter((name) => name.endsWith('.zip'))) {
      const files = Object.entries(unzipSync(readFileSync(join(packaged, zip))));
      for (const [path, bytes] of files.filter(([name]) => name.endsWith('.cjs'))) {
        const handler = join(this.folder, path.replace(/\.cjs$/, ''));
        writeFileSync(`${handler}.js`, bytes);
        rmSync(`${handler}.ts`);
      }
    }
    writeFileSync(join(this.folder, 'bundling/options.cjs'), AS_THEY_ARE);
  }

  /** Runs the framework there, as a user does. @throws Error with all that it printed. */
  sls(...args: string[]): Promise<string> {
    return sls(this.folder, args, this.environment);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
