import { fargatePrices, listPrices } from '../prices/prices.ts';
import type { Batch } from './batch.ts';
import { RIGHTS } from './commands.ts';
import { compilePipeline } from './compile-pipeline.ts';
import { compileQueue } from './compile-queue.ts';
import { compileService } from './compile-service.ts';
import type {
  BatchWorkload,
  Commands,
  CompiledStage,
  EnvironmentWorkload,
  Health,
  Notify,
  Workload,
} from './compiled.ts';
import { seconds } from './duration.ts';
import type { Environment } from './environment.ts';
import { publicHolidays } from './holidays.ts';
import type { Pipeline } from './pipeline.ts';
import type { StageFile } from './schema.ts';
import { templateUrl } from './template-url.ts';

/**
 * The stage file in the form that the deployed functions use.
 *
 * @param stage the name of the stage, as in `--stage`
 * @param year the first year that holidays are computed for
 */
export function compileStage(file: StageFile, stage: string, year: number): CompiledStage {
  const holidays = file.calendar.country
    ? publicHolidays(file.calendar.country, year)
    : { closed: {}, until: '9999-12-31' };
  const daysOff = Object.fromEntries(file.calendar.closed.map((date) => [date, 'day off']));
  return {
    stage,
    region: file.region,
    timezone: file.timezone,
    calendar: { closed: { ...holidays.closed, ...daysOff }, open: file.calendar.open, until: holidays.until },
    notify: compileNotify(file.notify),
    budget: file.budget,
    ...(file.commands && { commands: compileCommands(file.commands) }),
    prices: { ...listPrices(file.region), ...taskPrices(file), ...file.prices },
    workloads: Object.fromEntries(
      Object.entries(file.workloads).flatMap(([name, workload]) =>
        workload.kind === 'service' || workload.kind === 'queue' ? [] : [[name, compileWorkload(workload, file)]],
      ),
    ),
    services: Object.fromEntries(
      Object.entries(file.workloads).flatMap(([name, workload]) =>
        workload.kind === 'service' ? [[name, compileService(workload, file)]] : [],
      ),
    ),
    queues: Object.fromEntries(
      Object.entries(file.workloads).flatMap(([name, workload]) =>
        workload.kind === 'queue' ? [[name, compileQueue(workload, file)]] : [],
      ),
    ),
    ...(file.network && { network: file.network }),
    ...(file.control !== undefined && { control: file.control }),
    ...(file.status && { status: { ...file.status, title: file.status.title ?? stage } }),
  };
}

/** Only where there are tasks: each function carries them. */
function taskPrices({ region, workloads }: StageFile): Record<string, number> {
  return Object.values(workloads).some(({ kind }) => kind === 'queue') ? fargatePrices(region) : {};
}

function compileCommands({ roles, ...rest }: NonNullable<StageFile['commands']>): Commands {
  return {
    ...rest,
    publicKey: rest.publicKey.toLowerCase(),
    roles: Object.fromEntries(Object.entries(roles).map(([id, may]) => [id, may === 'all' ? [...RIGHTS] : may])),
  };
}

function compileNotify({ window, remind, heartbeat, routes, ...rest }: StageFile['notify']): Notify {
  return {
    ...rest,
    windowSeconds: seconds(window),
    remindSeconds: seconds(remind),
    ...(heartbeat && { heartbeat: { url: heartbeat.url, everyMinutes: Math.ceil(seconds(heartbeat.every) / 60) } }),
    routes: routes.map(({ escalate, ...route }) => ({
      ...route,
      ...(escalate && { escalate: { afterSeconds: seconds(escalate.after), to: escalate.to } }),
    })),
  };
}

function compileWorkload(workload: Batch | Environment | Pipeline, file: StageFile): Workload {
  if (workload.kind === 'pipeline') return compilePipeline(workload, file.timezone);
  return workload.kind === 'batch' ? compileBatch(workload, file) : compileEnvironment(workload, file);
}

function compileBatch(workload: Batch, { timezone }: StageFile): BatchWorkload {
  const { heartbeat, ...run } = workload.run;
  return {
    kind: workload.kind,
    instance: workload.instance,
    timezone: workload.timezone ?? timezone,
    at: workload.at.map((entry) => (typeof entry === 'string' ? { time: entry, parameters: {} } : entry)),
    days: workload.days,
    run: { ...run, heartbeatSeconds: seconds(heartbeat) },
    deadlineSeconds: seconds(workload.deadline),
    startWithinSeconds: seconds(workload.startWithin),
    breakerFailures: workload.breaker.failures,
    stopIfFoundRunning: workload.stopIfFoundRunning,
    ...(workload.budget && { budget: workload.budget }),
  };
}

function compileEnvironment(workload: Environment, { timezone, region }: StageFile): EnvironmentWorkload {
  const { template, ...stack } = workload.stack;
  return {
    kind: workload.kind,
    stack: { ...stack, templateUrl: templateUrl(template, region) },
    images: [workload.images].flat(),
    timezone: workload.timezone ?? timezone,
    hours: [workload.hours].flat(),
    refresh: workload.refresh,
    ...(workload.health && { health: compileHealth(workload.health) }),
    dataLoss: workload.dataLoss?.accepted ?? [],
    parts: workload.parts,
    deadlineSeconds: seconds(workload.deadline),
    startWithinSeconds: seconds(workload.startWithin),
    breakerFailures: workload.breaker.failures,
    ...(workload.budget && { budget: workload.budget }),
  };
}

function compileHealth({ within, ...health }: NonNullable<Environment['health']>): Health {
  return { ...health, withinSeconds: seconds(within) };
}
