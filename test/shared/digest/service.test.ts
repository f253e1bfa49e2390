import { expect, test } from '@jest/globals';
import { digestNotice } from '../../../shared/digest/notice.ts';
import { serviceFacts, serviceLines } from '../../../shared/digest/service.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { aRun, aStage } from '../builders.ts';
import { aService } from '../watch/services.ts';
import { CALM, DAY, someFacts } from './facts.ts';

const MINUTE = 60_000;
const watched = aStage({ workloads: {}, services: { web: aService() } });
const hours = Array.from({ length: 24 }, (_, index) => ({
  hour: new Date(DAY.from + index * 60 * MINUTE).toISOString().slice(0, 13),
  checks: { front: { ok: 60, failed: 0, unknown: 0, excluded: 0, ms: 0, slowest: 0 } },
}));
const downtimes = [10, 30].map((length, index) => ({
  ...{ check: 'front', problem: 'hangs', from: DAY.from + index * 300 * MINUTE },
  to: DAY.from + (index * 300 + length) * MINUTE,
}));
const recovery = (status: Run['status'], isDone: boolean): Run =>
  aRun({ kind: 'service', status, steps: isDone ? [{ rung: 'restart', at: '2026-11-02T00:00:00Z' }] : [] });

test('a day of a service - its uptime, how often and how long it was down, and what recovered it', () => {
  const runs = [
    recovery('succeeded', true),
    recovery('failed', true),
    recovery('skipped', false),
    recovery('running', true),
  ];
  const facts = serviceFacts({ name: 'web', hours, downtimes, runs }, DAY);
  expect(facts).toMatchObject({
    downtimes: 2,
    downMinutes: 40,
    longestMinutes: 30,
    recoveries: { helped: 1, failed: 1 },
  });
  expect(serviceLines([facts], watched)).toEqual([
    'web: up 97.22 %, 2 downtimes, 40 min in all, the longest 30 min, 1 recovered, 1 left to a person',
  ]);
});

test('one that nobody watched - said, and not held to be well; a minute in a month is no 100 %', () => {
  const none = serviceFacts({ name: 'web', hours: [], downtimes: [], runs: [] }, DAY);
  expect(serviceLines([none], watched)).toEqual(['web: not watched']);
  expect(serviceLines([{ ...none, percent: 99.9977 }], watched)).toEqual(['web: up 99.99 %']);
});

test('a stage that runs nothing - its digest is called after what is watched', () => {
  const service = serviceFacts({ name: 'web', hours, downtimes, runs: [] }, DAY);
  const facts = someFacts(DAY, { workloads: [], services: [service], attention: CALM });
  expect(digestNotice(facts, watched, DAY.to).title).toBe('Daily digest: 1 services, 2 downtimes');
  expect(digestNotice(facts, aStage({ services: watched.services }), DAY.to).title).toBe(
    'Daily digest: 0 runs, 0 failed',
  );
  expect(digestNotice(facts, watched, DAY.to).lines).toContain(
    'web: up 97.22 %, 2 downtimes, 40 min in all, the longest 30 min',
  );
});
