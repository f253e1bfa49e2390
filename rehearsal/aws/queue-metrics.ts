import type { Datum } from '../emf.ts';
import type { Template } from '../template.ts';
import type { World } from '../world.ts';
import type { CloudWatch } from './cloudwatch.ts';
import type { QueueWorkers } from './queue-workers.ts';
import { ALARM_DELAY_MS, type ScalingAlarm, ScalingAlarms } from './scaling-alarms.ts';
import { policyOf } from './scaling-policies.ts';
import { type AlarmState, type Datapoint, datapointOf, judged, type Threshold, thresholdOf } from './threshold.ts';

/** An alarm that people hear of. */
interface Telling {
  id: string;
  queue: string;
  metric: string;
  threshold: Threshold;
  state: AlarmState;
  samples: Datapoint[];
  points: Datapoint[];
}

const NAMESPACE = 'Lamplighter/Queues';
const MINUTE = 60_000;
/** More than any alarm looks back. */
const POINTS = 30;

/**
 * What functions publish of queues by their logs, and the alarms on it: those that scale, and those that people hear of.
 *
 * @source CloudWatch user guide, "Alarm evaluation"; "Embedded metric format": metrics are taken out of logs within seconds
 */
export class QueueMetrics {
  readonly #world: World;
  readonly #cloudwatch: CloudWatch;
  readonly #scaling = new Map<string, ScalingAlarms>();
  readonly #telling: Telling[];
  /** Minute → queue and metric → what was published. */
  readonly #samples = new Map<number, Map<string, number[]>>();

  constructor(world: World, template: Template, cloudwatch: CloudWatch, workers: QueueWorkers[]) {
    this.#world = world;
    this.#cloudwatch = cloudwatch;
    const alarms = alarmsOf(template);
    for (const { name, resourceId, target } of workers)
      if (target) this.#scaling.set(name, new ScalingAlarms(target, scalingAlarms(template, alarms, resourceId)));
    this.#telling = alarms.filter(({ actions }) => actions.some((arn) => arn.includes(':sns:')));
    if (workers.length === 0) return;
    world.onMetrics = (data) => this.#take(data);
    world.clock.at(nextMinute(world.clock.now), () => this.#tick());
  }

  #take(data: Datum[]): void {
    const [{ namespace, dimensions: { Queue = '' } = {} } = {}] = data;
    const alarms = this.#scaling.get(Queue);
    if (namespace !== NAMESPACE || !alarms || this.#isLost(Queue)) return;
    const names = data.map(({ name }) => name).join(' ');
    const backlog = data.find(({ name }) => name === 'Backlog')?.value;
    this.#world.journal.write({ what: 'measured', queue: Queue, names, ...(backlog !== undefined && { backlog }) });
    for (const { name, at, value } of data) {
      alarms.put(name, at, value);
      const minute = Math.floor(at / MINUTE);
      const samples = this.#samples.get(minute) ?? new Map<string, number[]>();
      const key = `${Queue} ${name}`;
      this.#samples.set(minute, samples.set(key, [...(samples.get(key) ?? []), value]));
    }
  }

  #isLost(queue: string): boolean {
    return this.#world
      .faults('metrics')
      .some((fault) => (fault.workload ?? queue) === queue && this.#world.isOn(fault));
  }

  #tick(): void {
    const { clock } = this.#world;
    for (const alarms of this.#scaling.values()) alarms.evaluate(clock.now);
    const minute = Math.floor((clock.now - ALARM_DELAY_MS) / MINUTE) - 1;
    for (const alarm of this.#telling) this.#look(alarm, minute);
    for (const known of this.#samples.keys()) if (known <= minute) this.#samples.delete(known);
    clock.at(nextMinute(clock.now), () => this.#tick());
  }

  #look(alarm: Telling, minute: number): void {
    const { queue, metric, threshold, samples, points } = alarm;
    samples.push(...(this.#samples.get(minute)?.get(`${queue} ${metric}`) ?? [undefined]));
    if (((minute + 1) * 60) % threshold.seconds !== 0) return;
    points.push(datapointOf(threshold.statistic, samples));
    if (points.length > POINTS) points.shift();
    samples.length = 0;
    const state = judged(threshold, points, alarm.state);
    if (state === alarm.state) return;
    const change = { after: 0, name: alarm.id, state, old: alarm.state };
    alarm.state = state;
    this.#cloudwatch.change(change, {
      reason: `Threshold Crossed: 1 datapoint [${points.at(-1) ?? 'missing'}] of ${metric}.`,
    });
  }
}

type Alarm = Telling & { actions: string[] };

function alarmsOf(template: Template): Alarm[] {
  return template.of('AWS::CloudWatch::Alarm').flatMap(({ id, properties }) => {
    if (properties['Namespace'] !== NAMESPACE) return [];
    const dimensions = properties['Dimensions'] as { Name: string; Value: string }[];
    return [
      {
        ...{ id, metric: String(properties['MetricName']), threshold: thresholdOf(properties) },
        queue: dimensions.find(({ Name }) => Name === 'Queue')?.Value ?? '',
        ...{ state: 'INSUFFICIENT_DATA' as const, samples: [], points: [] },
        actions: (properties['AlarmActions'] ?? []) as string[],
      },
    ];
  });
}

/** The alarms of the policies of a scalable target; target tracking makes its own. */
function scalingAlarms(template: Template, alarms: Alarm[], resourceId: string): ScalingAlarm[] {
  return template.of('AWS::ApplicationAutoScaling::ScalingPolicy').flatMap(({ id, properties }): ScalingAlarm[] => {
    if (resourceOf(template, properties) !== resourceId) return [];
    const policy = policyOf(properties);
    if (policy.kind === 'target') return [{ metric: trackedOf(properties), policy }];
    return alarms
      .filter(({ actions }) => actions.includes(template.ref(id)))
      .map(({ metric, threshold }) => ({ metric, policy, threshold }));
  });
}

/** `Ref` of a scalable target is `service/cluster/service|ecs:service:DesiredCount|ecs`. */
function resourceOf(template: Template, { ScalingTargetId, ResourceId }: Record<string, unknown>): unknown {
  const target = template
    .of('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(({ id }) => template.ref(id) === ScalingTargetId);
  return target?.properties['ResourceId'] ?? ResourceId;
}

function trackedOf(properties: Record<string, unknown>): string {
  const { TargetTrackingScalingPolicyConfiguration: target } = properties as {
    TargetTrackingScalingPolicyConfiguration: { CustomizedMetricSpecification: { MetricName: string } };
  };
  return target.CustomizedMetricSpecification.MetricName;
}

function nextMinute(now: number): number {
  return Math.floor((now - ALARM_DELAY_MS) / MINUTE) * MINUTE + MINUTE + ALARM_DELAY_MS;
}
