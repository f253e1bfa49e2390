import type { Notice } from '../shared/notices/notice.ts';
import type { StepEnded } from '../shared/pipeline/ended.ts';
import { type ControlItem, controlPrice } from '../shared/prices/prices.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { localTime } from '../shared/time/slots.ts';
import { batchCost, environmentCost, lifetimes, type PartCost, round } from './cost.ts';
import type { Deployed } from './deploy.ts';
import type { Iam } from './iam.ts';
import type { Journal, Of } from './journal.ts';
import { titleOf } from './laws/shown.ts';
import type { Violation } from './laws.ts';
import { ledgerOf } from './ledger.ts';
import { type ServicesReport, servicesReport } from './report/incidents.ts';
import { type PipelinesReport, pipelinesReport } from './report/pipelines.ts';
import { type MeasuredQueue, measureQueues, type QueuesReport, queuesReport } from './report/queues.ts';
import type { Scenario } from './scenario.ts';

/** What a rehearsal found. Times are local to the workload, with their offset; money is US dollars. */
export interface Report {
  stage: string;
  scenario: string;
  from: string;
  to: string;
  seed: number;
  workloads: Record<string, WorkloadReport>;
  /** What befell the services, where the scenario has anything befall them. */
  services?: ServicesReport;
  /** How pipelines went, step by step, where the stage has any. */
  pipelines?: PipelinesReport;
  /** What became of the jobs of queues, where the stage has any. */
  queues?: QueuesReport;
  notices: {
    at: string;
    severity: string;
    workload: string;
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
}

/** What is counted at the end of the last day. */
export interface Measured {
  /** Hours that each instance was on, and that each stack had resources. */
  hours: Map<string, number>;
  control: Report['control'];
  permissions: Pick<Iam, 'used' | 'needed'>;
  queues: MeasuredQueue[];
  drains: Deployed['drains'];
}

/** Counts hours and the control plane now. @param span milliseconds that were rehearsed */
export function measure(journal: Journal, deployed: Deployed, region: string, span: number): Measured {
  const instances = [...deployed.ec2.instances.values()].map((one) => [one.id, deployed.ec2.hours(one)] as const);
  const stacks = new Set(journal.of('stack').map(({ name }) => name));
  return {
    hours: new Map([...instances, ...[...stacks].map((name) => [name, hoursOf(name, journal)] as const)]),
    control: ofControl(journal, deployed, region, span),
    permissions: deployed.iam,
    queues: measureQueues(deployed.workers),
    drains: deployed.drains,
  };
}

function hoursOf(stack: string, journal: Journal): number {
  const now = Date.now();
  return lifetimes(stack, journal).reduce((sum, { from, to = now }) => sum + (to - from) / 3_600_000, 0);
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
  const queues = queuesReport(facts, journal, measured.queues, measured.drains);
  const workloads = Object.fromEntries(
    Object.keys(stage.workloads).map((name) => [name, ofWorkload(name, stage, journal, measured, { from, to })]),
  );
  const isOfThem = ({ id, workload }: Notice) =>
    workloads[workload]?.runs.some(({ key }) => id.startsWith(`${workload} ${key} `)) ?? false;
  return {
    stage: stage.stage,
    scenario: facts.scenario.says,
    from: local(from),
    to: local(to),
    seed: facts.seed,
    workloads,
    ...(services && { services }),
    ...(pipelines && { pipelines }),
    ...(queues && { queues }),
    notices: journal
      .of('notice')
      .filter(({ notice, at }) => at < to || isOfThem(notice))
      .map(({ notice: { severity, workload, title, lines, did, todo, cause, state, resolves }, at }) => ({
        at: local(at),
        severity,
        workload,
        title,
        lines,
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

function ofWorkload(
  name: string,
  stage: CompiledStage,
  journal: Journal,
  { hours }: Measured,
  { from, to }: { from: number; to: number },
): WorkloadReport {
  const workload = stage.workloads[name];
  if (!workload) throw new Error(`no workload ${name}`);
  const last = new Map<string, Of<'record'>>();
  for (const record of journal.of('record'))
    if (record.workload === name && Date.parse(String(record.item['scheduledFor'])) < to) last.set(record.key, record);
  const runs = [...last.values()]
    .map(({ item }) => asRun(item, workload.timezone))
    .sort((a, b) => (a.scheduledFor < b.scheduledFor ? -1 : 1));
  if (workload.kind === 'environment') {
    const onHours = hours.get(workload.stack.name) ?? 0;
    const local = (instant: number) => localTime(instant, workload.timezone);
    const up = lifetimes(workload.stack.name, journal)
      .filter((life) => life.from < to)
      .map((life) => ({ from: local(life.from), ...(life.to && { to: local(life.to) }) }));
    const cost = environmentCost(onHours, (to - from) / 3_600_000, workload, stage);
    return { kind: workload.kind, runs, onHours: round(onHours, 2), cost, up };
  }
  if (workload.kind === 'pipeline')
    return { kind: workload.kind, runs, onHours: 0, cost: { unknown: 'it has nothing of its own that is on' } };
  const onHours = hours.get(workload.instance.id) ?? 0;
  return {
    kind: workload.kind,
    runs,
    onHours: round(onHours, 2),
    cost: batchCost(onHours, (to - from) / 3_600_000, workload, stage),
  };
}

function asRun(item: Record<string, unknown>, timezone: string): RunReport {
  const local = (value: unknown) => (typeof value === 'string' ? localTime(value, timezone) : undefined);
  return {
    key: String(item['key']),
    ...(item['act'] !== undefined && { act: String(item['act']) }),
    scheduledFor: local(item['scheduledFor']) ?? '',
    status: String(item['status']),
    ...(item['reason'] !== undefined && { reason: String(item['reason']) }),
    by: String(item['by']),
    startedAt: local(item['startedAt']),
    endedAt: local(item['endedAt']),
    exitCode: item['exitCode'] as number | undefined,
    jobSeconds: item['jobSeconds'] as number | undefined,
    instanceHours: item['instanceHours'] as number | undefined,
    ...(item['kind'] === 'pipeline' && ofPipelineRun(item)),
  };
}

function ofPipelineRun(item: Record<string, unknown>): Pick<RunReport, 'generation' | 'steps' | 'warnings'> {
  const { generation, ended, warnings } = item as { generation?: number; ended?: StepEnded[]; warnings?: string[] };
  return { generation, ...(ended && { steps: ended }), ...(warnings && { warnings }) };
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
