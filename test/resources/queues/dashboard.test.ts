import { describe, expect, test } from '@jest/globals';
import { queues } from '../../../resources/queues.ts';
import { aQueue, aStage } from '../../shared/builders.ts';
import { fixture, hybrid, type Resources } from './stages.ts';

interface Body {
  widgets: { type: string; properties: { title?: string; metrics?: unknown[][] } }[];
}

function body({ QueuesDashboard }: Resources): Body {
  const { 'Fn::Sub': text = '' } = (QueuesDashboard?.Properties['DashboardBody'] ?? {}) as { 'Fn::Sub'?: string };
  return JSON.parse(text) as Body;
}

describe('the dashboard', () => {
  test('as many widgets with one queue as with three - a line each', () => {
    const backlog = (resources: Resources) =>
      body(resources).widgets.find(({ properties }) => properties.title === 'Jobs that want a worker')?.properties
        .metrics;
    expect(backlog(hybrid)).toHaveLength(1);
    expect(backlog(fixture)).toHaveLength(3);
  });

  test('every alarm that it shows - is there', () => {
    const shown = [...JSON.stringify(body(hybrid)).matchAll(/\$\{(\w+)\.Arn\}/g)].map(([, id]) => id ?? '');
    expect(shown).toHaveLength(6);
    for (const id of shown) expect(hybrid[id]?.Type).toBe('AWS::CloudWatch::Alarm');
  });

  test('in Korean - not one heading in English', () => {
    const stage = aStage({ notify: { language: 'ko' }, queues: { crawl: aQueue() } });
    expect(JSON.stringify(body(queues(stage) as Resources))).not.toMatch(/workers|The |Jobs/);
  });
});
