/** The parts of a dashboard of CloudWatch. */

export type Widget = { type: string; height: number; width: number; properties: object };
export type Metric = (string | object)[];

/** CloudWatch's own limits for one widget. */
export const MOST_ALARMS = 100;
const MOST_METRICS = 500;
const MOST_LOG_GROUPS = 50;
const WIDTH = 24;

/** CloudWatch takes no graph without metrics, and no query without a log group. */
export function graph(title: string, metrics: Metric[]): Widget[] {
  if (metrics.length === 0) return [];
  const properties = { title, region: '${AWS::Region}', view: 'timeSeries', period: 300 };
  return [{ ...size('metric', 6), properties: { ...properties, metrics: metrics.slice(0, MOST_METRICS) } }];
}

export function log(title: string, groups: string[], filter: string): Widget[] {
  if (groups.length === 0) return [];
  const sources = groups.slice(0, MOST_LOG_GROUPS).map((group) => `SOURCE '${group}'`);
  const query = [...sources, 'fields @timestamp, @logStream, @message', filter, 'sort @timestamp desc', 'limit 50'];
  const properties = { title, region: '${AWS::Region}', view: 'table', query: query.join(' | ') };
  return [{ ...size('log', 6), properties }];
}

export function text(markdown: string, height = 1): Widget {
  return { ...size('text', height), properties: { markdown } };
}

export function size(type: string, height: number): Omit<Widget, 'properties'> {
  return { type, height, width: WIDTH };
}

/** Side by side within a row, up to three, row under row. */
export function placed(all: Widget[][]): object[] {
  let y = 0;
  return all.flatMap((row) => {
    const across = Math.min(3, row.length);
    const width = WIDTH / (across || 1);
    const height = row[0]?.height ?? 0;
    const top = y;
    y += height * Math.ceil(row.length / (across || 1));
    return row.map((widget, index) => ({
      ...widget,
      ...{ x: (index % across) * width, y: top + height * Math.floor(index / across), width },
    }));
  });
}
