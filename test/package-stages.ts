// Packages, once before all tests, the stages that are rehearsed. A bundle is the same whatever the stage file says, and
// making all of them is most of the work: only the first stage is packaged with them, meanwhile the others without.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleRehearsal } from './bundle-rehearsal.ts';
import { Service } from './emulator/service.ts';
import { sls } from './sls.ts';

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

/** The folder of this run, which `remove-temporary.ts` removes. */
export const made: { folder?: string } = {};

export default async function packageStages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-test-'));
  // Jobs of other users run in folders below it.
  chmodSync(folder, 0o755);
  made.folder = folder;
  // Whatever a test, or a program that it starts, puts into the system's temporary folder lies here.
  process.env['TMPDIR'] = folder;
  const stages = join(folder, 'stages');
  const [first = [], ...others] = Object.entries(STAGES).map(([name, file]) => [
    ...['package', '--stage', 'dev', '--param', `stageFile=${file}`, '--package', join(stages, name)],
  ]);
  // Two of them: the framework can do one thing at a time in a folder.
  const copies = [new Service({}), new Service({})];
  const inTurn = (copy: Service, packages: string[][]) =>
    packages.reduce<Promise<unknown>>((before, args) => before.then(() => copy.sls(...args)), Promise.resolve());
  for (const copy of copies) {
    writeFileSync(join(copy.folder, 'bundling/options.cjs'), NOT_BUNDLED);
    // The machines are validated with the first stage, and again in template.test.ts.
    copy.edit('serverless.yml', { 'validate: true': 'validate: false' });
  }
  const bundle = bundleRehearsal(folder);
  const packages = [
    sls(resolve('.'), first),
    ...copies.map((copy, index) =>
      inTurn(
        copy,
        others.filter((_, other) => other % copies.length === index),
      ),
    ),
  ];
  // Until all have ended one of them writes into what is removed here, and the error would be another one.
  await Promise.allSettled([bundle, ...packages]);
  for (const copy of copies) copy.remove();
  await Promise.all(packages);
  process.env['BUNDLED_REHEARSAL'] = await bundle;
  process.env['PACKAGED_STAGES'] = stages;
}
