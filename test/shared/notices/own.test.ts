import { describe, expect, test } from '@jest/globals';
import { stormNotice, stormOverNotice, testNotice } from '../../../shared/notices/own.ts';
import { aStage } from '../builders.ts';

const STAGE = aStage();
const SINCE = Date.parse('2026-11-01T17:00:00Z');
const NOW = SINCE + 600_000;

describe('a storm', () => {
  const storm = { count: 9980, causes: 412, perWorkload: { a: 1, makenaide: 5000, b: 4979 }, since: SINCE };

  test('it rages - how many, of what, the most first; one incident', () => {
    expect(stormNotice({ ...storm, severity: 'critical' }, STAGE, NOW)).toMatchObject({
      workload: 'lamplighter',
      severity: 'critical',
      title: '9,980 more notices of 412 causes',
      lines: [expect.stringContaining('02:00'), 'makenaide: 5,000', 'b: 4,979', 'a: 1'],
      cause: 'storm',
      state: 'open',
    });
  });

  test('of more workloads than can be named - the rest is counted', () => {
    const perWorkload = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`w${index}`, 1]));
    const { lines } = stormNotice({ ...storm, perWorkload, severity: 'warning' }, STAGE, NOW);
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('and 3 workloads more');
  });

  test('said again later - another id; over - resolves it', () => {
    const [one, two] = [NOW, NOW + 60_000].map((now) => stormNotice({ ...storm, severity: 'warning' }, STAGE, now).id);
    expect(one).not.toBe(two);
    expect(stormOverNotice(storm, STAGE, NOW)).toMatchObject({
      severity: 'success',
      cause: 'storm',
      state: 'resolved',
    });
  });
});

test('the daily test - a thread of its own, once a day', () => {
  const notice = testNotice(STAGE, NOW);
  expect(notice).toMatchObject({ workload: 'lamplighter', severity: 'info', title: 'Test: notices of dev arrive' });
  for (const field of ['cause', 'run', 'state']) expect(notice).not.toHaveProperty(field);
  expect(testNotice(STAGE, NOW + 3_600_000).id).toBe(notice.id);
  expect(testNotice(STAGE, NOW + 86_400_000).id).not.toBe(notice.id);
});
