// Packages, once before all tests, the stages that are rehearsed. A bundle is the same whatever the stage file says, and
// making 27 of them is most of the work: only the first stage is packaged with them, meanwhile the others without.
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { COMPILED, Service } from './emulator/service.ts';

export const STAGES = {
  'ec2-batch': 'examples/ec2-batch.yml',
  'environment-hours': 'examples/environment-hours.yml',
  'external-monitoring': 'examples/external-monitoring.yml',
  variants: 'test/fixtures/variants.yml',
  berlin: 'test/fixtures/berlin.yml',
  services: 'test/fixtures/services.yml',
  'hybrid-queue-scaling': 'examples/hybrid-queue-scaling.yml',
  queues: 'test/fixtures/queues.yml',
  saturday: 'test/fixtures/saturday.yml',
  'daily-batch': 'examples/daily-batch.yml',
  pipelines: 'test/fixtures/pipelines.yml',
};

const NOT_BUNDLED = "module.exports = { bundle: false, format: 'cjs', outputFileExtension: '.cjs', exclude: [] };\n";

export default async function packageStages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-test-'));
  const [first, ...others] = Object.entries(STAGES).map(([name, file]) => [
    ...['package', '--stage', 'dev', '--param', `stageFile=${file}`, '--package', join(folder, name)],
  ]);
  // Two of them: the framework can do one thing at a time in a folder.
  const copies = [new Service({}), new Service({})];
  const inTurn = (copy: Service, packages: string[][]) =>
    packages.reduce<Promise<unknown>>((before, args) => before.then(() => copy.sls(...args)), Promise.resolve());
  try {
    for (const { folder: copied } of copies) writeFileSync(join(copied, 'bundling/options.cjs'), NOT_BUNDLED);
    await Promise.all([
      promisify(execFile)('sls', first, {
        timeout: 180_000,
        env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILED },
      }),
      ...copies.map((copy, index) =>
        inTurn(
          copy,
          others.filter((_, other) => other % copies.length === index),
        ),
      ),
    ]);
  } finally {
    for (const copy of copies) copy.remove();
  }
  process.env['PACKAGED_STAGES'] = folder;
}
