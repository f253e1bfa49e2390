import { describe, expect, test } from '@jest/globals';
import { dashboard } from '../../../resources/watching/dashboard.ts';
import { dashboard as en } from '../../../shared/words/en/dashboard.ts';
import { aService, aWatchedStage, many } from './services.ts';

type Widget = {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title?: string; markdown?: string; metrics?: unknown[]; alarms?: string[]; query?: string };
};

const body = (stage = aWatchedStage()) => {
  const { Dashboard } = dashboard(stage) as { Dashboard?: { Properties: { DashboardBody: { 'Fn::Sub': string } } } };
  return Dashboard?.Properties.DashboardBody['Fn::Sub'] ?? '';
};
const widgets = (stage = aWatchedStage()) => (JSON.parse(body(stage)) as { widgets: Widget[] }).widgets;

describe('the dashboard', () => {
  test('its parts - are in the order in which a person looks', () => {
    const headings = widgets().flatMap(({ properties }) => /^## (\d)/.exec(properties.markdown ?? '')?.[1] ?? []);
    expect(headings).toEqual(['1', '2', '3', '4', '5', '6']);
    const titles = widgets().map(({ properties }) => properties.title);
    const order = [en.checks, en.errors, en.cpu, en.told, en.recoveries].map((title) => titles.indexOf(title));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
  });

  test('its widgets - lie within the page, none over another', () => {
    const found = widgets();
    for (const { x, width } of found) expect(x + width).toBeLessThanOrEqual(24);
    const overlaps = (one: Widget, other: Widget) =>
      one !== other &&
      one.x < other.x + other.width &&
      other.x < one.x + one.width &&
      one.y < other.y + other.height &&
      other.y < one.y + one.height;
    expect(found.filter((one) => found.some((other) => overlaps(one, other)))).toEqual([]);
  });

  test('the alarms - are those of the services', () => {
    const alarms = widgets().find(({ type }) => type === 'alarm')?.properties.alarms;
    expect(alarms).toEqual(
      ['StatusCheck', 'Cpu', 'Memory', 'Disk', 'MissingData'].map((alarm) => `\${Web${alarm}Alarm.Arn}`),
    );
  });

  test('hundreds of services - as many widgets, and no more in one than CloudWatch takes', () => {
    const found = widgets(aWatchedStage(many(500)));
    expect(found).toHaveLength(widgets().length);
    for (const { properties } of found) {
      expect(properties.metrics?.length ?? 0).toBeLessThanOrEqual(500);
      expect(properties.alarms?.length ?? 0).toBeLessThanOrEqual(100);
      expect(properties.query?.split('SOURCE').length ?? 0).toBeLessThanOrEqual(51);
    }
  });

  test('in Korean - its headings are', () => {
    expect(body(aWatchedStage(undefined, { language: 'ko' }))).toContain('외부 확인');
  });

  test('services without machines of ours - no empty alarms', () => {
    const found = widgets(aWatchedStage({ web: aService({ target: undefined }) }));
    expect(found.filter(({ type }) => type === 'alarm')).toEqual([]);
    for (const { properties } of found) expect(properties.metrics ?? ['something']).not.toEqual([]);
    for (const { properties } of found) expect(properties.query ?? 'SOURCE').toContain('SOURCE');
  });

  test('no services - none, since a dashboard may cost', () => {
    expect(dashboard(aWatchedStage({}))).toEqual({});
  });
});
