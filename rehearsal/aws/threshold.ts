/** When an alarm goes off, as the template has it. */
export interface Threshold {
  statistic: string;
  seconds: number;
  evaluations: number;
  over?: number;
  under?: number;
  /** Whether it goes off just at its limit too. */
  orEqual?: boolean;
  treatMissing: string;
}

/** What came of one period; undefined where nothing was measured. */
export type Datapoint = number | undefined;

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** So many periods more are looked at than are evaluated, for data that come late. */
const MORE = 2;

/** What the samples of a period come to. */
export function datapointOf(statistic: string, samples: Datapoint[]): Datapoint {
  const known = samples.filter((sample) => sample !== undefined);
  if (statistic === 'SampleCount') return known.length === 0 ? undefined : known.length;
  if (known.length === 0) return undefined;
  if (statistic === 'Maximum') return Math.max(...known);
  return known.reduce((sum, sample) => sum + sample, 0) / known.length;
}

/**
 * The state that an alarm gets by its newest datapoints, the last one newest.
 *
 * @source CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data": of more datapoints than are
 * evaluated the newest that there are count; where there is none, `missing` is INSUFFICIENT_DATA; what is lacking is no breach
 * with `notBreaching`
 */
export function judged(threshold: Threshold, points: Datapoint[], before: AlarmState): AlarmState {
  const { evaluations, treatMissing } = threshold;
  if (treatMissing === 'breaching') {
    const last = points.slice(-evaluations);
    return last.length === evaluations && last.every((point) => breaches(threshold, point, true)) ? 'ALARM' : 'OK';
  }
  const known = points.slice(-evaluations - MORE).filter((point) => point !== undefined);
  if (treatMissing === 'notBreaching' && known.length < evaluations) return 'OK';
  if (known.length === 0) return treatMissing === 'ignore' ? before : 'INSUFFICIENT_DATA';
  const last = known.slice(-evaluations);
  if (last.some((point) => !breaches(threshold, point, false))) return 'OK';
  return last.length === evaluations ? 'ALARM' : before;
}

/** @param properties of an alarm of CloudWatch */
export function thresholdOf(properties: Record<string, unknown>): Threshold {
  const comparison = String(properties['ComparisonOperator']);
  const limit = Number(properties['Threshold']);
  return {
    statistic: String(properties['Statistic']),
    seconds: Number(properties['Period']),
    evaluations: Number(properties['EvaluationPeriods']),
    ...(comparison.startsWith('GreaterThan') ? { over: limit } : { under: limit }),
    ...(comparison.includes('OrEqual') && { orEqual: true }),
    treatMissing: String(properties['TreatMissingData'] ?? 'missing'),
  };
}

function breaches({ over, under, orEqual }: Threshold, point: Datapoint, isMissingBad: boolean): boolean {
  if (point === undefined) return isMissingBad;
  if (orEqual && (point === over || point === under)) return true;
  return (over !== undefined && point > over) || (under !== undefined && point < under);
}
