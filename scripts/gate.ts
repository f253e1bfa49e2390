import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGate } from '../web/build.ts';

/** `npm run gate -- <folder>`: puts the gate and the hook, with their types, into the sources of an application. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TYPES = ['lamplighter-gate', 'use-lamplighter', 'status'];

/**
 * Writes two modules and their declarations; what else is in the folder stays.
 *
 * @throws what esbuild or tsc find wrong
 */
export async function putGate(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(await buildGate())) writeFileSync(join(folder, name), text);
  const made = mkdtempSync(join(tmpdir(), 'gate-types-'));
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(ROOT, 'web/gate'), '--outDir', made]);
    for (const name of TYPES) {
      const types = readFileSync(join(made, 'web/gate', `${name}.d.ts`), 'utf8');
      writeFileSync(join(folder, `${name}.d.ts`), types.replaceAll("from './status.ts'", "from './status.js'"));
    }
  } finally {
    rmSync(made, { recursive: true });
  }
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder) {
    await putGate(resolve(folder));
    console.log(`${resolve(folder)} has lamplighter-gate.js, use-lamplighter.js and their types`);
  } else {
    console.error('no folder is named; say where the gate shall be put: npm run gate -- ../app/src/lamplighter');
    process.exitCode = 2;
  }
}
