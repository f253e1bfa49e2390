import { expect, jest, test } from '@jest/globals';
import { NAMESPACE, publishMetrics } from '../../../shared/queues/emf.ts';

const NOW = Date.parse('2026-11-02T00:00:00Z');

/** @source https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
test('metrics - are one line that CloudWatch understands', () => {
  const lines: string[] = [];
  publishMetrics('dev', 'crawl', { Workers: 3, Wanted: 5, OldestAge: 12 }, NOW, (line) => lines.push(line));
  expect(lines).toEqual([expect.stringMatching(/^\{"_aws".*\}\n$/)]);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    _aws: {
      Timestamp: NOW,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [['Stage', 'Queue']],
          Metrics: [
            { Name: 'Workers', Unit: 'Count' },
            { Name: 'Wanted', Unit: 'Count' },
            { Name: 'OldestAge', Unit: 'Seconds' },
          ],
        },
      ],
    },
    ...{ Stage: 'dev', Queue: 'crawl', Workers: 3, Wanted: 5, OldestAge: 12 },
  });
});

test('what is not known - is left out; nothing known, no line', () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  publishMetrics('dev', 'crawl', { Workers: undefined, Wanted: Number.NaN, Backlog: 0 }, NOW, write);
  publishMetrics('dev', 'crawl', { Workers: undefined }, NOW, write);
  expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([['_aws', 'Stage', 'Queue', 'Backlog']]);
});

test('by itself - it writes past the console, which Lambda would wrap', () => {
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const log = jest.spyOn(console, 'log');
  publishMetrics('dev', 'crawl', { Backlog: 1 }, NOW);
  const [written, logged] = [write.mock.calls.length, log.mock.calls.length];
  jest.restoreAllMocks();
  expect([written, logged]).toEqual([1, 0]);
});
