import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { rehearse } from '../rehearsal/index.ts';
import { picture } from '../rehearsal/picture.ts';
import { render } from '../rehearsal/render.ts';
import { parseScenario, readScenario } from '../rehearsal/scenario.ts';
import { slotKey } from '../shared/time/slots.ts';
import type { Serverless } from './framework.ts';
import { locallyOptions } from './locally.ts';
import { date, wholeNumber } from './options.ts';

export const rehearseCommand = {
  usage: 'Rehearse the packaged stage in virtual time, without AWS',
  lifecycleEvents: ['run'],
  options: {
    'stage-file': { usage: 'Another stage file than stages/<stage>.yml', type: 'string' },
    from: { usage: 'First day, such as 2026-11-01 (the first of this month)', type: 'string' },
    days: { usage: 'How many days (30)', type: 'string' },
    scenario: { usage: 'File that says what goes wrong (nothing does)', type: 'string' },
    seed: { usage: 'Seed of chance (1): the same seed gives the same report', type: 'string' },
    json: { usage: 'Print the report as JSON', type: 'boolean' },
    ...locallyOptions,
    svg: { usage: 'Write a picture of the report into this file', type: 'string' },
  },
} as const;

/**
 * `sls rehearse`: packages the stage, rehearses it, prints the report. The exit status is 1 when a law was broken.
 *
 * @throws an error that names the option, when one cannot be used
 */
export async function showRehearsal(
  serverless: Serverless,
  options: Record<string, string | boolean | undefined>,
): Promise<void> {
  const { service, serviceDir } = serverless;
  const scenario = options['scenario'] ? readScenario(String(options['scenario'])) : parseScenario({});
  const thisMonth = `${slotKey(Date.now(), service.custom.estate.timezone).slice(0, 7)}-01`;
  const rehearsal = {
    scenario,
    from: date('from', options['from'], scenario.from ?? thisMonth),
    days: wholeNumber('days', options['days'], scenario.days ?? 30, 1, 366),
    seed: wholeNumber('seed', options['seed'], 1, 0, 2 ** 31 - 1),
    stage: service.custom.estate.compiled,
    stageFile: join(serviceDir, '.serverless', 'stage.json'),
    root: serviceDir,
  };
  await serverless.pluginManager.spawn('package');
  const template = JSON.parse(JSON.stringify(service.provider.compiledCloudFormationTemplate));
  const bar = new SingleBar({
    format: 'rehearsing {bar} {percentage}%',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  if (process.stderr.isTTY) bar.start(1, 0);
  const report = await rehearse({ ...rehearsal, template }, (done) => bar.update(done)).finally(() => bar.stop());
  process.stdout.write(options['json'] ? `${JSON.stringify(report, null, 2)}\n` : render(report));
  if (options['svg']) writeFileSync(String(options['svg']), picture(report));
  if (report.violations.length > 0) process.exitCode = 1;
}
