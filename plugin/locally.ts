import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runHere } from '../rehearsal/local/index.ts';
import { renderLocal } from '../rehearsal/local/render.ts';
import { pipelines } from '../shared/stage/kinds.ts';
import { slotKey } from '../shared/time/slots.ts';
import type { Serverless } from './framework.ts';

type Options = Record<string, string | boolean | undefined>;

/** Options of `sls rehearse` that are for a run on this machine. */
export const locallyOptions = {
  locally: { usage: 'Run this pipeline here instead, its commands as processes, and what follows it', type: 'string' },
  at: { usage: 'With --locally, the time that the run is for, such as 2026-11-23T16:30 (now)', type: 'string' },
  in: { usage: 'With --locally, the folder that the commands run in (this one)', type: 'string' },
} as const;

/**
 * `sls rehearse --locally <pipeline>`: packages the stage, runs the pipeline here, prints what became of it. The exit status
 * is 1 when a run did not succeed.
 *
 * @throws an error that names the option, when one cannot be used
 */
export async function showLocalRun(serverless: Serverless, options: Options, effects = { runHere }): Promise<void> {
  const { service, serviceDir } = serverless;
  const stage = service.custom.estate.compiled;
  const pipeline = String(options['locally']);
  const known = pipelines(stage).map(([name]) => name);
  if (!known.includes(pipeline))
    throw new Error(`--locally ${pipeline}: the stage has no such pipeline; it has: ${known.join(', ') || 'none'}`);
  const key = String(options['at'] ?? slotKey(Date.now(), stage.timezone));
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(key))
    throw new Error(`--at ${key}: a local time such as 2026-11-23T16:30`);
  const folder = resolve(String(options['in'] ?? '.'));
  if (!existsSync(folder)) throw new Error(`--in ${folder}: there is no such folder`);
  await serverless.pluginManager.spawn('package');
  const template = JSON.parse(JSON.stringify(service.provider.compiledCloudFormationTemplate));
  const told = (text: string) => process.stderr.write(`${text}\n`);
  const report = await effects.runHere({ template, stage, root: serviceDir, pipeline, key, folder }, told);
  process.stdout.write(options['json'] ? `${JSON.stringify(report, null, 2)}\n` : renderLocal(report));
  if (report.runs.some(({ status }) => status !== 'succeeded')) process.exitCode = 1;
}
