import { readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { shakeSchemas } from '../bundling/shake-schemas.ts';

/** A module of its own to Node in ESM, where packages that are none ask for others. */
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

const OPTIONS = {
  bundle: true,
  // The SDK in the bundle is the one that the rehearsal puts its world into, so all share their modules.
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  // Commands of the SDK and errors are known by the names of their classes.
  keepNames: true,
  banner: { js: REQUIRE },
  plugins: [shakeSchemas],
  logLevel: 'error',
} satisfies BuildOptions;

/**
 * Bundles the rehearsal with all handlers: more than a thousand modules become some two hundred, and each of hundreds of
 * rehearsals in the tests starts in half the time.
 *
 * @param folder where it is put, for `Rehearsal.bundle`
 */
export async function bundleRehearsal(folder: string): Promise<string> {
  const outdir = join(folder, 'bundled');
  const handlers = readdirSync('functions').map((name) => `functions/${name}/handler.ts`);
  await build({ ...OPTIONS, entryPoints: ['rehearsal/worker.ts', ...handlers], outbase: '.', outdir });
  // What is required when it runs, such as dynalite, is found as from here.
  symlinkSync(resolve('node_modules'), join(outdir, 'node_modules'));
  return outdir;
}
