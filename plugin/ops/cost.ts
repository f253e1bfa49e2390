import { zoned } from '../../shared/time/slots.ts';
import type { Serverless } from '../framework.ts';
import { OptionInvalid, wholeNumber } from '../options.ts';
import { type Command, JSON_TOO, type Options, STAGE_FILE, WORKLOAD } from './command.ts';
import { liveCost } from './cost-live.ts';
import { costReport } from './cost-report.ts';
import { costText } from './cost-text.ts';

export const cost: Command = {
  usage: 'Show what a month costs always on and by the schedule, by parts',
  options: {
    ...STAGE_FILE,
    ...WORKLOAD,
    month: { usage: 'Which month, such as 2026-11 (this one)', type: 'string' },
    'run-minutes': { usage: 'How long a run of a batch has its instance on (its deadline)', type: 'string' },
    live: { usage: 'With what the deployed stage has recorded: spending, bills and runs', type: 'boolean' },
    ...JSON_TOO,
  },
  run: ({ serverless, options }) => showCost(serverless, options),
};

/**
 * `sls ops cost`.
 *
 * @throws OptionInvalid; NotAnswered when the deployed stage does not answer
 */
export async function showCost(
  serverless: Serverless,
  options: Options,
  effects = { liveCost, now: Date.now },
): Promise<void> {
  const stage = serverless.service.custom.estate.compiled;
  const month = monthAsked(options['month'], zoned(effects.now(), stage.timezone).toString().slice(0, 7));
  const minutes =
    options['run-minutes'] === undefined ? undefined : wholeNumber('run-minutes', options['run-minutes'], 1, 1, 1440);
  const workload = options['workload'] === undefined ? undefined : String(options['workload']);
  const known = Object.keys({ ...stage.workloads, ...stage.queues });
  if (workload !== undefined && !known.includes(workload))
    throw new OptionInvalid('workload', workload, `one of ${known.join(', ')}`);
  const live = options['live'] ? await effects.liveCost(serverless, stage, month, effects.now()) : undefined;
  const report = costReport(stage, {
    ...{ month, workload, lengths: live?.lengths },
    ...(live && { days: live.days }),
    ...(minutes !== undefined && { runHours: minutes / 60 }),
  });
  const whole = { ...report, ...(live && { live: live.spend }) };
  process.stdout.write(options['json'] ? `${JSON.stringify(whole, null, 2)}\n` : costText(whole));
}

function monthAsked(found: unknown, usual: string): string {
  const month = String(found ?? usual);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month;
  throw new OptionInvalid('month', found, 'a month such as 2026-11');
}
