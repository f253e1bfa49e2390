import * as z from 'zod';

/** One value of one metric, as a log line says it. */
export interface Datum {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
  value: number;
  /** Milliseconds since the epoch. */
  at: number;
}

const header = z.object({
  _aws: z.object({
    Timestamp: z.int(),
    CloudWatchMetrics: z
      .array(
        z.object({
          Namespace: z.string().min(1),
          Dimensions: z.array(z.array(z.string()).max(30)),
          Metrics: z.array(z.object({ Name: z.string().min(1), Unit: z.string().optional() })).max(100),
        }),
      )
      .min(1),
  }),
});

/** What CloudWatch takes a datapoint for: up to two weeks old, and at most two hours in the future. */
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;

/**
 * The metrics that a line of a log carries: none where it is no such line.
 *
 * @source CloudWatch user guide, "Specification: Embedded metric format": the root object has `_aws`, its targets are members of the
 * root, dimensions are texts, values are numbers or lists of numbers
 * @throws Error where it means to carry metrics, and CloudWatch would not take them
 */
export function metricsIn(line: string, now: number): Datum[] {
  if (!line.includes('"_aws"')) return [];
  const root = JSON.parse(line) as Record<string, unknown>;
  const { _aws } = header.parse(root);
  const { Timestamp: at } = _aws;
  if (at < now - OLDEST_MS || at > now + NEWEST_MS) throw new Error(`the timestamp ${at} is too far away`);
  return _aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name: name }) => {
      const values = [root[name]].flat();
      if (values.length > 100 || values.some((value) => typeof value !== 'number' || !Number.isFinite(value)))
        throw new Error(`${name} is no number`);
      const sets = Dimensions.map((names) => Object.fromEntries(names.map((of) => [of, text(root, of)])));
      return (values as number[]).flatMap((value) =>
        sets.map((dimensions) => ({ namespace, name, dimensions, value, at })),
      );
    }),
  );
}

function text(root: Record<string, unknown>, name: string): string {
  const value = root[name];
  if (typeof value !== 'string' || value === '') throw new Error(`the dimension ${name} is no text`);
  return value;
}
