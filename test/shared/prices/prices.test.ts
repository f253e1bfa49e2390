import { describe, expect, test } from '@jest/globals';
import prices from '../../../shared/prices/prices.json' with { type: 'json' };
import {
  asOf,
  type ControlItem,
  controlPrice,
  instanceHour,
  publicIpv4Hour,
  source,
  storageMonth,
} from '../../../shared/prices/prices.ts';

const sizes = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge', '24xlarge', '48xlarge'];
const regions: [string, Record<string, number>][] = Object.entries(prices.ec2);

describe('instanceHour', () => {
  test.each([
    ['us-east-1', 't3.small', 0.0208],
    ['us-east-1', 't3.medium', 0.0416],
    ['us-east-1', 't3.large', 0.0832],
    ['ap-northeast-2', 't3.small', 0.026],
    ['ap-northeast-2', 't3.medium', 0.052],
    ['ap-northeast-2', 't3.large', 0.104],
    ['eu-west-1', 't3.large', 0.0912],
    ['us-east-1', 'm7g.large', 0.0816],
  ])('%s %s - the published price of %d an hour', (region, type, usd) => {
    expect(instanceHour(region, type)).toBe(usd);
  });

  test.each([
    ['eu-north-1', 't2.micro'],
    ['us-west-1', 'g5.xlarge'],
    ['us-east-1', 't3.gigantic'],
    ['mars-north-1', 't3.medium'],
    ['us-east-1', 'toString'],
    ['constructor', 'name'],
  ])('%s %s, not in the list - undefined', (region, type) => {
    expect(instanceHour(region, type)).toBeUndefined();
  });

  test('an override of the type - wins over the list', () => {
    expect(instanceHour('us-east-1', 't3.medium', { 't3.medium': 0.03 })).toBe(0.03);
  });

  test('an override of a type that the list lacks - used', () => {
    expect(instanceHour('mars-north-1', 'x9.large', { 'x9.large': 1.5 })).toBe(1.5);
  });

  test('an override of another type - the list still counts', () => {
    expect(instanceHour('us-east-1', 't3.medium', { 't3.large': 0.03 })).toBe(0.0416);
  });
});

describe('storageMonth', () => {
  test('30 GB of gp3 in Seoul - 30 times the price of a GB-month', () => {
    expect(storageMonth('ap-northeast-2', 'gp3', 30)).toBeCloseTo(2.736, 10);
  });

  test('no gigabytes of a known kind - nothing', () => {
    expect(storageMonth('us-east-1', 'gp2', 0)).toBe(0);
  });

  test.each([
    ['us-east-1', 'io2'],
    ['mars-north-1', 'gp3'],
  ])('%s %s, not in the list - undefined', (region, kind) => {
    expect(storageMonth(region, kind, 30)).toBeUndefined();
  });

  test('an override of the kind - wins over the list', () => {
    expect(storageMonth('us-east-1', 'gp3', 10, { gp3: 0.05 })).toBeCloseTo(0.5, 10);
  });
});

describe('publicIpv4Hour', () => {
  test('with and without an override - the override wins', () => {
    expect([publicIpv4Hour(), publicIpv4Hour({ publicIpv4Hour: 0.004 })]).toEqual([0.005, 0.004]);
  });
});

describe('controlPrice', () => {
  test.each<[ControlItem, number, number]>([
    ['lambda.request', 1_000_000, 0.2],
    ['lambda.gbSecondArm64', 1_000_000, 13.3334],
    ['states.transition', 1000, 0.025],
    ['scheduler.invocation', 1_000_000, 1],
    ['dynamodb.write', 1_000_000, 0.625],
    ['dynamodb.read', 1_000_000, 0.125],
    ['dynamodb.storageGbMonth', 2, 0.5],
    ['sns.publish', 1_000_000, 0.5],
    ['sns.email', 100_000, 2],
    ['sqs.request', 1_000_000, 0.4],
    ['logs.ingestGb', 1, 0.5],
    ['cloudwatch.alarmMonth', 3, 0.3],
    ['cloudwatch.metricMonth', 1, 0.3],
  ])('%s, %d units in us-east-1 - %d dollars', (item, units, usd) => {
    expect(controlPrice(item, units)).toBeCloseTo(usd, 10);
  });

  test('a region with a price of its own - that price', () => {
    expect(controlPrice('states.transition', 1000, 'ap-northeast-2')).toBeCloseTo(0.0271, 10);
  });

  test('a region without a price of its own - that of us-east-1', () => {
    expect(controlPrice('sqs.request', 1_000_000, 'eu-west-3')).toBeCloseTo(0.4, 10);
  });

  test('an override of the item - wins over the region', () => {
    expect(controlPrice('states.transition', 2000, 'ap-northeast-2', { 'states.transition': 0.02 })).toBeCloseTo(
      0.04,
      10,
    );
  });

  test('what AWS gives away - zero', () => {
    expect(controlPrice('ssm.runCommand', 1000)).toBe(0);
  });
});

describe('the table', () => {
  test('read as a whole - dated, sourced and frank about free tiers', () => {
    expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(Date.parse(asOf)).not.toBeNaN();
    expect(source).toContain('yeo/ec2.shop');
    expect(prices.note).toContain('Free tiers are not subtracted');
    for (const section of Object.values(prices.sources)) expect(section).not.toBe('');
    for (const { source: page } of Object.values(prices.control.list)) expect(page).not.toBe('');
  });

  test('instances and volumes - the same regions', () => {
    expect(Object.keys(prices.ebs)).toEqual(Object.keys(prices.ec2));
  });

  test('every number outside the texts - a positive price', () => {
    expect(numbers({ ...prices, control: prices.control.list }).filter((price) => !(price > 0))).toEqual([]);
  });

  test.each(regions)('%s, sizes of one family in order - each dearer than the one before', (_region, types) => {
    const families = Object.groupBy(Object.keys(types), (type) => type.split('.')[0] ?? '');
    for (const family of Object.values(families)) {
      const bySize = (family ?? []).toSorted((a, b) => rank(a) - rank(b)).map((type) => types[type] ?? Number.NaN);
      expect(bySize).toEqual([...new Set(bySize)].toSorted((a, b) => a - b));
    }
  });

  test.each(regions)(
    '%s, a family of fixed sizes - twice the size costs twice, to a fifth of a cent',
    (_region, types) => {
      for (const [type, price] of Object.entries(types).filter(([name]) => /^[cmr]\d/.test(name))) {
        const half = types[type.replace(/[^.]+$/, sizes[rank(type) - 1] ?? '')];
        if (half) expect(Math.abs(price - 2 * half)).toBeLessThanOrEqual(0.002);
      }
    },
  );

  test('every type - a size that the ladder knows', () => {
    expect(regions.flatMap(([, types]) => Object.keys(types)).filter((type) => rank(type) < 0)).toEqual([]);
  });
});

function rank(type: string): number {
  return sizes.indexOf(type.split('.')[1] ?? '');
}

function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(numbers) : [];
}
