import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { OPTIONS, WAY_OUT, watch } from '../../scripts/architectures/options.ts';
import { architecturesPage } from '../../scripts/architectures.ts';
import { externalMonitoring } from '../../scripts/costs/external-monitoring.ts';
import { billOf, cents } from '../../shared/cost/items.ts';

const costOf = (title: string) => billOf(OPTIONS.find((option) => option.title === title)?.items ?? []).usd;

test('the page - is what the code writes; if not, run npm run costs', () => {
  expect(readFileSync('docs/architectures.md', 'utf8')).toBe(architecturesPage());
});

describe('what each option costs', () => {
  test('every price - is known', () => {
    for (const { items } of [...OPTIONS, { items: WAY_OUT }]) {
      expect(items.length).toBeGreaterThan(0);
      expect(billOf(items).unknown).toEqual([]);
    }
  });

  test('a server - is what the table of costs says, watched a few dollars more', () => {
    const [server] = externalMonitoring().rows;
    expect(cents(costOf('One server'))).toBe(cents(server?.list ?? 0));
    expect(costOf('One server, watched') - costOf('One server')).toBeCloseTo(billOf(watch()).usd);
    expect(billOf(watch()).usd).toBeLessThan(5);
  });

  test('watching one server - by the alarms and the metrics that are really made', () => {
    const counted = Object.fromEntries(watch().map(({ name, quantity }) => [name, quantity]));
    expect(counted).toMatchObject({
      'cloudwatch.alarmMonth': 5,
      'cloudwatch.metricMonth': 5,
      'scheduler.invocation': 43_800,
    });
  });
});

test('every option - says what mends itself, what is done, and what is left', () => {
  for (const { byItself, rungs, left } of OPTIONS) {
    expect([byItself, left, ...rungs].filter((text) => text.length < 10)).toEqual([]);
    expect(rungs.length).toBeGreaterThan(0);
  }
});
