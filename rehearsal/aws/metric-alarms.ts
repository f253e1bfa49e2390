import type { Servers } from '../outside/servers.ts';
import type { Template } from '../template.ts';
import type { World } from '../world.ts';
import type { CloudWatch } from './cloudwatch.ts';
import { type Metric, measured } from './metrics.ts';
import { type AlarmState, type Datapoint, datapointOf, judged, type Threshold, thresholdOf } from './threshold.ts';

interface Watched {
  id: string;
  metric: Metric;
  threshold: Threshold;
  state: AlarmState;
  samples: Datapoint[];
  points: Datapoint[];
}

const MINUTE = 60_000;
/** So long after its minute a datapoint is there and looked at. */
const DELAY_MS = 15_000;
/** So many calm minutes, and nothing is to be measured before something happens again. */
const CALM_MINUTES = 20;

/**
 * The alarms of the template that look at what services run on. What is calm is not measured: a month has too many minutes.
 *
 * @source CloudWatch user guide, "Alarm evaluation": once a minute; "Metrics collected by default": CPUUtilization every
 * five minutes, status checks every minute
 */
export class MetricAlarms {
  readonly #alarms: Watched[];
  readonly #world: World;
  readonly #servers: Servers;
  readonly #cloudwatch: CloudWatch;
  #until = 0;

  constructor(world: World, template: Template, servers: Servers, cloudwatch: CloudWatch) {
    this.#world = world;
    this.#servers = servers;
    this.#cloudwatch = cloudwatch;
    this.#alarms = template
      .of('AWS::CloudWatch::Alarm')
      .flatMap(({ id, properties }) => watchedOf(id, properties))
      .filter(({ metric }) => measured(world, servers, metric) !== 'unknown');
    servers.incidents.watchers.push(() => this.#wake());
    servers.onPower(() => this.#wake());
  }

  #wake(): void {
    const { clock } = this.#world;
    const isAwake = this.#until > clock.now;
    this.#until = clock.now + CALM_MINUTES * MINUTE;
    if (isAwake || this.#alarms.length === 0) return;
    // Before it, all was as always: in the periods that are over, and in the one that goes on.
    for (const alarm of this.#alarms) {
      const { evaluations, seconds, under } = alarm.threshold;
      const calm = under === undefined ? 0 : under + 1;
      alarm.points = alarm.state === 'OK' ? new Array(evaluations).fill(calm) : [];
      alarm.samples = clock.now % (seconds * 1000) < MINUTE ? [] : [calm];
    }
    clock.at(nextMinute(clock.now + DELAY_MS), () => this.#tick());
  }

  #tick(): void {
    const { clock } = this.#world;
    for (const alarm of this.#alarms) this.#sample(alarm);
    const isOff = this.#alarms.some(({ state }) => state !== 'OK');
    if (isOff || this.#servers.incidents.isAnyMeasured) this.#until = clock.now + CALM_MINUTES * MINUTE;
    if (clock.now < this.#until) clock.at(nextMinute(clock.now), () => this.#tick());
  }

  #sample(alarm: Watched): void {
    const { metric, threshold, samples, points } = alarm;
    const value = measured(this.#world, this.#servers, metric);
    samples.push(value === 'unknown' ? undefined : value);
    if ((this.#world.clock.now - DELAY_MS) % (threshold.seconds * 1000) !== 0) return;
    points.push(datapointOf(threshold.statistic, samples));
    samples.length = 0;
    const state = judged(threshold, points, alarm.state);
    if (state === alarm.state) return;
    const change = { after: 0, name: alarm.id, state, old: alarm.state };
    alarm.state = state;
    this.#cloudwatch.change(change, { reason: reasonOf(alarm, points.at(-1)) });
  }
}

function nextMinute(now: number): number {
  return Math.floor((now - DELAY_MS) / MINUTE) * MINUTE + MINUTE + DELAY_MS;
}

function reasonOf({ state, threshold }: Watched, last: Datapoint): string {
  const { evaluations, over, under } = threshold;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${evaluations} datapoints were unknown.`;
  const [limit, than] = over === undefined ? [under, 'less'] : [over, 'greater'];
  const was = state === 'ALARM' ? `${than} than` : `not ${than} than`;
  const value =
    last === undefined ? 'no datapoint was received' : `[${last.toFixed(1)}] was ${was} the threshold (${limit})`;
  return `Threshold Crossed: ${evaluations} datapoints: ${value}.`;
}

function watchedOf(id: string, properties: Record<string, unknown>): Watched[] {
  const { Namespace, MetricName, Dimensions = [] } = properties;
  if (MetricName === undefined) return [];
  const dimensions = Object.fromEntries(
    (Dimensions as { Name: string; Value: string }[]).map((one) => [one.Name, one.Value]),
  );
  return [
    {
      id,
      metric: { namespace: String(Namespace), name: String(MetricName), dimensions },
      threshold: thresholdOf(properties),
      ...{ state: 'OK', samples: [], points: [] },
    },
  ];
}
