import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { rehearse } from '../rehearsal/index.ts';
import { picture } from '../rehearsal/picture.ts';
import { render } from '../rehearsal/render.ts';
import { parseScenario, readScenario } from '../rehearsal/scenario.ts';
import { slotKey } from '../shared/time/slots.ts';
import type { Serverless } from './framework.ts';
import { locallyOptions } from './locally.ts';
import { date, OptionInvalid, wholeNumber } from './options.ts';
import { pageOf } from './page.ts';
import { endProgress } from './progress.ts';
import { showPage } from './show-page.ts';

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
    html: { usage: 'Write the page of the report into this file, which needs no other', type: 'string' },
    serve: {
      usage: 'Show the page on 127.0.0.1 until Ctrl-C (on a terminal, without --json and --html)',
      type: 'boolean',
    },
    open: { usage: 'Open the page in the browser (it is); --no-open only prints its address', type: 'boolean' },
  },
} as const;

/**
 * `sls rehearse`: packages the stage, rehearses it, prints the report, and shows its page on a terminal. The exit status is 1
 * when a law was broken.
 *
 * @throws an error that names the option, when one cannot be used
 */
export async function showRehearsal(
  serverless: Serverless,
  options: Record<string, string | boolean | undefined>,
  effects = { rehearse, pageOf, showPage, endProgress },
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
  for (const option of ['svg', 'html']) requireFolder(option, options[option]);
  await serverless.pluginManager.spawn('package');
  effects.endProgress();
  const template = JSON.parse(JSON.stringify(service.provider.compiledCloudFormationTemplate));
  const bar = new SingleBar({
    format: 'rehearsing {bar} {percentage}%',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  if (process.stderr.isTTY) bar.start(1, 0);
  const report = await effects
    .rehearse({ ...rehearsal, template }, (done) => bar.update(done))
    .finally(() => bar.stop());
  process.stdout.write(options['json'] ? `${JSON.stringify(report, null, 2)}\n` : render(report));
  if (options['svg']) writeFileSync(String(options['svg']), picture(report));
  if (report.violations.length > 0) process.exitCode = 1;
  const isShown = options['serve'] ?? isLookedAt(options);
  if (!options['html'] && !isShown) return;
  const page = await effects.pageOf(report);
  if (options['html']) writeFileSync(String(options['html']), page);
  if (isShown) await effects.showPage(page, options['open'] !== false);
}

/** What cannot be written is better said before the month than after it. @throws OptionInvalid */
function requireFolder(option: string, file: unknown): void {
  if (file !== undefined && !existsSync(dirname(resolve(String(file)))))
    throw new OptionInvalid(option, file, 'a file in a folder that exists');
}

/** Whether somebody sits before it who wants to see it: what is piped or made by a machine ends. */
function isLookedAt(options: Record<string, string | boolean | undefined>): boolean {
  return process.stdout.isTTY && !process.env['CI'] && !options['json'] && !options['html'];
}
