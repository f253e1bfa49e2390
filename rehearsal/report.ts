import type { Notice } from '../shared/notices/notice.ts';
import type { StepEnded } from '../shared/pipeline/ended.ts';
import { type ControlItem, controlPrice } from '../shared/prices/prices.ts';
import type { CompiledStage, Notify } from '../shared/stage/compiled.ts';
import { localTime } from '../shared/time/slots.ts';
import { lifetimes, type PartCost, round } from './cost.ts';
import type { Deployed } from './deploy.ts';
import type { Iam } from './iam.ts';
import type { Journal } from './journal.ts';
import { titleOf } from './laws/shown.ts';
import type { Violation } from './laws.ts';
import { ledgerOf } from './ledger.ts';
import { type DayReport, hoursIn, type MeteredDay } from './report/days.ts';
import { type ServicesReport, servicesReport } from './report/incidents.ts';
import { type PipelinesReport, pipelinesReport } from './report/pipelines.ts';
import { type MeasuredQueue, measureQueues, meterOf, type QueuesReport, queuesReport } from './report/queues.ts';
import { type RecoveriesReport, recoveriesReport } from './report/recoveries.ts';
import { passagesOf, type StateReport } from './report/states.ts';
import { workloadReport } from './report/workloads.ts';
import type { Scenario } from './scenario.ts';

/** What a rehearsal found. Times are local to the workload, with their offset; money is US dollars. */
export interface Report {
  stage: string;
  scenario: string;
  from: string;
  to: string;
  /** The stage's: its days are those of `days`. */
  timezone: string;
  /** What people are told in. */
  language: Notify['language'];
  seed: number;
  workloads: Record<string, WorkloadReport>;
  /** What befell the services, where the scenario has anything befall them. */
  services?: ServicesReport;
  /** What was done to recover services, by their names, where anything was. */
  recoveries?: RecoveriesReport;
  /** How pipelines went, step by step, where the stage has any. */
  pipelines?: PipelinesReport;
  /** What became of the jobs of queues, where the stage has any. */
  queues?: QueuesReport;
  notices: {
    at: string;
    severity: string;
    workload: string;
    /** The key of the run that it is about. */
    run?: string;
    title: string;
    lines: string[];
    did?: string[];
    todo?: string[];
    /** Of an incident what it is about, and whether it opens; of others which they end. */
    cause?: string;
    state?: string;
    resolves?: string[];
  }[];
  undelivered: { at: string; channel: string; why: string }[];
  /** What each channel showed, and what it did not take. */
  deliveries: Record<string, { posted: number; edited: number; refused: number }>;
  /** What people saw, in order. */
  shown: { at: string; channel: string; how: 'posted' | 'edited'; title: string; files?: string[] }[];
  /** What the guard reckoned, by days of UTC, and what the bill says of them; without a budget nothing. */
  ledger: { day: string; usd: number; bill?: number; ratio?: number }[];
  /** How often the watcher outside heard that all is well. */
  heartbeats: number;
  faults: { at: string; text: string }[];
  violations: { law: number; at: string; text: string; history: string[] }[];
  control: {
    lambdaInvocations: number;
    stateTransitions: number;
    apiCalls: Record<string, number>;
    costs: Record<string, number>;
    monthlyCost: number;
  };
  /** What the roles of the template were needed for, as `Role action`. */
  permissionsUsed: string[];
  /** Those that alone let a call pass: without one of them the rehearsal has a refusal that names it. */
  permissionsNeeded: string[];
  /** How long the rehearsal itself took: the only figure that two runs do not share. */
  wallSeconds: number;
}

export interface WorkloadReport {
  kind: string;
  runs: RunReport[];
  /** Hours that an instance was on, or that an environment had resources. */
  onHours: number;
  /** The same by days; a pipeline has nothing of its own that is on. */
  days?: DayReport[];
  cost: {
    alwaysOn?: number;
    actual?: number;
    storage?: number;
    savedPercent?: number;
    /** Why there is no sum. */
    unknown?: string;
    /** What an environment costs by its parts. */
    parts?: PartCost[];
  };
  /** When an environment had resources. */
  up?: { from: string; to?: string }[];
}

export interface RunReport {
  key: string;
  /** What was done to an environment. */
  act?: string;
  scheduledFor: string;
  status: string;
  reason?: string;
  by: string;
  startedAt?: string;
  endedAt?: string;
  exitCode?: number;
  jobSeconds?: number;
  instanceHours?: number;
  /** Of a pipeline: which execution of the run it was, how its steps ended, and what was found against it. */
  generation?: number;
  steps?: StepEnded[];
  warnings?: string[];
  /** What its newest execution went through. */
  execution?: { from: string; states: StateReport[] };
}

/** What is counted at the end of the last day. */
export interface Measured {
  /** Hours that each instance was on, and that each stack had resources. */
  hours: Map<string, number>;
  days: MeteredDay[];
  control: Report['control'];
  permissions: Pick<Iam, 'used' | 'needed'>;
  queues: MeasuredQueue[];
  drains: Deployed['drains'];
}

/** What counts hours while time passes: instances by their ids, and the workers of queues. */
export function metersOf({ ec2, workers }: Pick<Deployed, 'ec2' | 'workers'>): Map<string, number> {
  const instances = [...ec2.instances.values()].map((one) => [one.id, ec2.hours(one)] as const);
  return new Map([
    ...instances,
    ...workers.map(({ name, tasks }) => [meterOf(name), tasks.paidSeconds / 3600] as const),
  ]);
}

/**
 * Counts hours and the control plane now.
 *
 * @param days what was metered until now
 * @param span milliseconds that were rehearsed
 */
export function measure(
  journal: Journal,
  deployed: Deployed,
  days: MeteredDay[],
  region: string,
  span: number,
): Measured {
  const stacks = [...new Set(journal.of('stack').map(({ name }) => name))];
  const lives = stacks.map((name) => [name, lifetimes(name, journal)] as const);
  const now = { from: 0, to: Date.now() };
  return {
    hours: new Map([...metersOf(deployed), ...lives.map(([name, spans]) => [name, hoursIn(spans, now)] as const)]),
    days: days.map((day) => ({
      ...day,
      hours: new Map([...day.hours, ...lives.map(([name, spans]) => [name, hoursIn(spans, day)] as const)]),
    })),
    control: ofControl(journal, deployed, region, span),
    permissions: deployed.iam,
    queues: measureQueues(deployed.workers),
    drains: deployed.drains,
  };
}

/** Puts the report together from the history. */
export function reportOf(
  facts: { stage: CompiledStage; scenario: Scenario; from: number; to: number; seed: number; wallSeconds: number },
  journal: Journal,
  measured: Measured,
  violations: Violation[],
): Report {
  const { stage, from, to } = facts;
  const local = (instant: number | string) => localTime(instant, stage.timezone);
  const services = servicesReport(facts, journal);
  const pipelines = pipelinesReport(facts, journal);
  const queues = queuesReport(facts, journal, measured);
  const passages = passagesOf(journal);
  const recoveries = recoveriesReport(facts, journal, passages);
  const workloads = Object.fromEntries(
    Object.keys(stage.workloads).map((name) => [name, workloadReport(name, facts, journal, measured, passages)]),
  );
  const runs = new Set(
    [
      ...Object.entries(workloads).map(([name, { runs: own }]) => [name, own] as const),
      ...Object.entries(recoveries ?? {}),
    ].flatMap(([name, own]) => own.map(({ key }) => `${name} ${key}`)),
  );
  // Its id begins with both; names and keys have no blanks.
  const runOf = ({ id, workload, run }: Notice) =>
    [run, id.split(' ')[1]].find((key) => runs.has(`${workload} ${key}`));
  return {
    stage: stage.stage,
    scenario: facts.scenario.says,
    from: local(from),
    to: local(to),
    timezone: stage.timezone,
    language: stage.notify.language,
    seed: facts.seed,
    workloads,
    ...(services && { services }),
    ...(recoveries && { recoveries }),
    ...(pipelines && { pipelines }),
    ...(queues && { queues }),
    notices: journal
      .of('notice')
      .map(({ notice, at }) => ({ notice, at, run: runOf(notice) }))
      .filter(({ run, at }) => at < to || run !== undefined)
      .map(({ notice: { severity, workload, title, lines, did, todo, cause, state, resolves }, at, run }) => ({
        ...{ at: local(at), severity, workload },
        ...(run !== undefined && { run }),
        ...{ title, lines },
        ...(did && { did }),
        ...(todo && { todo }),
        ...(cause && { cause }),
        ...(state && { state }),
        ...(resolves && { resolves }),
      })),
    undelivered: journal.of('lost').map(({ at, event, why }) => ({ at: local(at), channel: event, why })),
    deliveries: deliveriesOf(stage, journal),
    shown: journal.of('delivered').map(({ at, channel, how, body, files }) => ({
      ...{ at: local(at), channel, how, title: titleOf(body) },
      ...(files && { files }),
    })),
    ledger: ledgerOf(journal),
    heartbeats: journal.of('heartbeat').length,
    faults: journal.of('fault').map(({ at, text }) => ({ at: local(at), text })),
    violations: violations.map(({ at, ...violation }) => ({ ...violation, at: local(at) })),
    control: measured.control,
    permissionsUsed: [...measured.permissions.used].sort(),
    permissionsNeeded: [...measured.permissions.needed].sort(),
    wallSeconds: facts.wallSeconds,
  };
}

function deliveriesOf({ notify }: CompiledStage, journal: Journal): Report['deliveries'] {
  const counts: Report['deliveries'] = Object.fromEntries(
    Object.keys(notify.channels).map((channel) => [channel, { posted: 0, edited: 0, refused: 0 }]),
  );
  const count = (channel: string, how: 'posted' | 'edited' | 'refused') => {
    const of = counts[channel];
    if (of) of[how]++;
  };
  for (const { channel, how } of journal.of('delivered')) count(channel, how);
  for (const { channel } of journal.of('refused')) count(channel, 'refused');
  return counts;
}

function ofControl(journal: Journal, deployed: Deployed, region: string, span: number): Report['control'] {
  const calls = journal.of('call');
  const apiCalls: Record<string, number> = {};
  for (const { service, operation } of calls)
    apiCalls[`${service}.${operation}`] = (apiCalls[`${service}.${operation}`] ?? 0) + 1;
  const count = (...names: string[]) => names.reduce((sum, name) => sum + (apiCalls[name] ?? 0), 0);
  const invocations = journal.of('invocation');
  // Billed by the millisecond; the model's invocations take no less than the startup that it gives them.
  const gigabyteSeconds = invocations.reduce(
    (sum, { function: name, milliseconds }) =>
      sum + (milliseconds / 1000) * ((deployed.lambda.functions.get(name)?.memoryMb ?? 128) / 1024),
    0,
  );
  const days = span / 86_400_000;
  const fed = [...deployed.sqs.queues.values()].filter(({ functionName }) => functionName).length;
  const units: [string, ControlItem, number][] = [
    ['Lambda requests', 'lambda.request', invocations.length],
    ['Lambda time', 'lambda.gbSecondArm64', gigabyteSeconds],
    ['Step Functions', 'states.transition', deployed.sfn.transitions],
    ['Scheduler', 'scheduler.invocation', journal.of('schedule').length],
    ['DynamoDB writes', 'dynamodb.write', count('dynamodb.PutItem', 'dynamodb.UpdateItem', 'dynamodb.DeleteItem') * 2],
    ['DynamoDB reads', 'dynamodb.read', count('dynamodb.GetItem', 'dynamodb.Query', 'dynamodb.BatchGetItem')],
    ['Cost Explorer', 'costExplorer.request', count('cost explorer.GetCostAndUsage')],
    ['SNS', 'sns.publish', count('sns.Publish')],
    ['E-mail', 'sns.email', deployed.sns.mail.length],
    // Five pollers of an event source mapping ask every 20 seconds, message or not.
    ['SQS', 'sqs.request', fed * 5 * 3 * 1440 * days + count('sqs.SendMessage', 'sqs.SendMessageBatch')],
    [
      'Logs',
      'logs.ingestGb',
      journal.of('log').reduce((sum, { text }) => sum + text.length, invocations.length * 400) / 1e9,
    ],
    ['Metrics', 'cloudwatch.metricMonth', (metricsOf(journal) * days) / 30],
    ['Alarms', 'cloudwatch.alarmMonth', (deployed.cloudwatch.alarms.length * days) / 30],
  ];
  const costs = Object.fromEntries(
    units.map(([name, item, amount]) => [name, (controlPrice(item, amount, region) * 30) / days]),
  );
  return {
    lambdaInvocations: invocations.length,
    stateTransitions: deployed.sfn.transitions,
    apiCalls: Object.fromEntries(Object.entries(apiCalls).sort(([a], [b]) => (a < b ? -1 : 1))),
    costs: Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, round(cost, 4)])),
    monthlyCost: round(
      Object.values(costs).reduce((sum, cost) => sum + cost, 0),
      2,
    ),
  };
}

/** How many metrics there are: each costs by the month. */
function metricsOf(journal: Journal): number {
  const lines = new Set(journal.of('measured').map(({ queue, names }) => `${queue} ${names}`));
  const metrics = [...lines].flatMap((line) => {
    const [queue, ...names] = line.split(' ');
    return names.map((name) => `${queue} ${name}`);
  });
  return new Set(metrics).size;
}
