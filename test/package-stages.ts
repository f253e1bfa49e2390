// Packages, once before all tests and one after the other, the stages that are rehearsed: the framework bundles in one
// folder, so two at a time would race.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const STAGES = {
  'ec2-batch': 'examples/ec2-batch.yml',
  'environment-hours': 'examples/environment-hours.yml',
  'external-monitoring': 'examples/external-monitoring.yml',
  variants: 'test/fixtures/variants.yml',
  berlin: 'test/fixtures/berlin.yml',
  services: 'test/fixtures/services.yml',
  saturday: 'test/fixtures/saturday.yml',
};

export default function packageStages(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-test-'));
  for (const [name, file] of Object.entries(STAGES)) {
    execFileSync(
      'sls',
      ['package', '--stage', 'dev', '--param', `stageFile=${file}`, '--package', join(folder, name)],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        // A bundling that fails can leave the framework hanging.
        timeout: 180_000,
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
  }
  process.env['PACKAGED_STAGES'] = folder;
}
