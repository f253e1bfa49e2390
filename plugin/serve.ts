import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { parseScenario, readScenario } from '../rehearsal/scenario.ts';
import { serveLocally } from '../rehearsal/serve/index.ts';
import { slotKey } from '../shared/time/slots.ts';
import { writeWeb } from '../web/build.ts';
import type { Serverless } from './framework.ts';
import { packageTemplateAlone } from './local.ts';
import { wholeNumber } from './options.ts';

export const serveCommand = {
  usage: 'Serve the status page on this machine, of the rehearsed stage, without AWS',
  lifecycleEvents: ['run'],
  options: {
    'stage-file': { usage: 'Another stage file than stages/<stage>.yml', type: 'string' },
    days: { usage: 'How many days ago the stage was deployed (30)', type: 'string' },
    scenario: { usage: 'File that says what went wrong in them, and goes wrong (nothing does)', type: 'string' },
    seed: { usage: 'Seed of chance (1)', type: 'string' },
    port: { usage: 'The port on 127.0.0.1 (any that is free)', type: 'string' },
  },
} as const;

const DAY_MS = 86_400_000;

/**
 * `sls serve`: the page and its answers, by the functions that are deployed, from a world in which the stage has run for some
 * days and goes on. Ends with Ctrl-C.
 *
 * @throws an error that names the option, when one cannot be used
 */
export async function showServer(
  serverless: Serverless,
  options: Record<string, string | boolean | undefined>,
  effects = { serveLocally },
): Promise<void> {
  const { service, serviceDir } = serverless;
  const stage = service.custom.estate.compiled;
  const days = wholeNumber('days', options['days'], 30, 0, 90);
  const port = wholeNumber('port', options['port'], 0, 0, 65_535);
  const seed = wholeNumber('seed', options['seed'], 1, 0, 2 ** 31 - 1);
  const scenario = options['scenario'] ? readScenario(String(options['scenario'])) : parseScenario({});
  const template = await packageTemplateAlone(serverless);
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-serve-'));
  const bar = new SingleBar({ format: '{bar} {percentage}%', clearOnComplete: true, stream: process.stderr });
  try {
    const stageFile = join(folder, 'stage.json');
    writeFileSync(stageFile, JSON.stringify(stage));
    const webFolder = join(folder, 'web');
    await writeWeb(webFolder);
    if (process.stderr.isTTY) bar.start(1, 0);
    const from = slotKey(Date.now() - days * DAY_MS, stage.timezone).slice(0, 10);
    const served = { template, stage, stageFile, webFolder, root: serviceDir, scenario, seed, from, port };
    const server = await effects.serveLocally(served, (done) => bar.update(done)).finally(() => bar.stop());
    if (!stage.status) process.stderr.write('The stage file has no status: nothing of this is deployed with it.\n');
    process.stdout.write(`${server.address}\n`);
    process.once('SIGINT', () => void server.stop());
    await server.ended;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
