import { isRecoverable } from '../../shared/recovery/rungs.ts';
import type { Run } from '../../shared/state/runs.ts';
import { localTime } from '../../shared/time/slots.ts';
import { wholeNumber } from '../options.ts';
import { asJson, type Command, type Context, JSON_TOO, Refused, STAGE_FILE, text } from './command.ts';
import { lasted, stepOf } from './pipelines-table.ts';
import { WATCH } from './status.ts';
import { table } from './tables.ts';
import { watching } from './terminal.ts';

export const runs: Command = {
  usage: 'Show the newest runs and recoveries: when, how long, how they ended, and why',
  options: {
    ...STAGE_FILE,
    workload: { usage: 'Only of this workload', type: 'string' },
    limit: { usage: 'How many of each workload (10)', type: 'string' },
    steps: { usage: 'The steps of pipelines too: how long, how often tried, what they counted', type: 'boolean' },
    ...JSON_TOO,
    ...WATCH,
  },
  async run(context) {
    const { options, hands } = context;
    if (options['watch'])
      await watching(hands.terminal, 1000 * wholeNumber('every', options['every'], 5, 1, 3600), () => show(context));
    else hands.terminal.write(await show(context));
  },
};

async function show({ options, stage, hands }: Context): Promise<string> {
  const limit = wholeNumber('limit', options['limit'], 10, 1, 100);
  const only = text(options, 'workload');
  if (only && Object.hasOwn(stage.queues, only))
    throw new Refused(`${only} has no runs: sls ops status --workload ${only} shows its jobs and its workers`);
  const recovered = Object.keys(stage.services).filter((name) => isRecoverable(stage.services[name]));
  const names = only ? [only] : [...Object.keys(stage.workloads), ...recovered];
  const found = await Promise.all(
    names.map(async (workload) => (await hands.ask<{ runs: Run[] }>('listRuns', { workload, limit })).runs),
  );
  const newestFirst = found.flat().sort((a, b) => Date.parse(b.admittedAt) - Date.parse(a.admittedAt));
  if (options['json']) return asJson(newestFirst);
  const zoneOf = (name: string) => (stage.workloads[name] ?? stage.services[name])?.timezone ?? stage.timezone;
  if (newestFirst.length === 0) return 'no runs yet\n';
  return table(
    ['run', 'workload', 'began', 'ended', 'took', 'how', 'by', ''],
    newestFirst.map((run) => rowOf(run, zoneOf(run.workload), options['steps'] === true)),
  );
}

function rowOf(run: Run, timezone: string, withSteps: boolean): string[] {
  const { key, workload, kind, endedAt, status, by, reason, exitCode, why, steps = [] } = run;
  const [act, startedAt] = kind === 'service' ? ['recovery', run.admittedAt] : [run.act, run.startedAt];
  const time = (at: string | undefined) => (at ? localTime(at, timezone).slice(11, 16) : '');
  const seconds = startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : undefined;
  const minutes = seconds === undefined ? '' : `${Math.round(seconds / 60)} min`;
  const took = kind === 'pipeline' && seconds !== undefined ? lasted(seconds) : minutes;
  return [
    key.replace('T', ' '),
    act ? `${workload} ${act}` : workload,
    time(startedAt),
    time(endedAt),
    took,
    status,
    by,
    [
      kind === 'service' && why,
      ...steps.map(
        ({ rung, result = 'goes on', seconds }) => `${rung} ${result}${seconds === undefined ? '' : ` (${seconds} s)`}`,
      ),
      reason,
      exitCode && `exit code ${exitCode}`,
      ...(withSteps ? [] : ofSteps(run)),
    ]
      .filter(Boolean)
      .join('; ') + (withSteps ? stepLines(run) : ''),
  ];
}

/** Of a pipeline: what was counted, and what was found against it. */
function ofSteps({ ended = [], warnings = [], generation = 1 }: Run): string[] {
  const counted = ended.map(({ name, numbers = {} }) =>
    [name, ...Object.entries(numbers).map(([metric, value]) => `${metric}=${value}`)].join(' '),
  );
  return [
    ...(generation > 1 ? [`attempt ${generation}`] : []),
    ...ended.flatMap(({ name, status, reason }) =>
      reason && (status === 'failed' || status === 'timed-out') ? [`${name}: ${reason}`] : [],
    ),
    ...warnings,
    ...ended.flatMap(({ name, warnings: found = [] }) => found.map((warning) => `${name}: ${warning}`)),
    ...counted.filter((text) => text.includes('=')),
  ];
}

function stepLines({ ended = [] }: Run): string {
  return ended.map((step) => `\n${stepOf(step, '')}`).join('');
}
