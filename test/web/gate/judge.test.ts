import { expect, test } from '@jest/globals';
import type { Answers } from '../../../web/gate/ask.ts';
import { isWell, judge, pause } from '../../../web/gate/judge.ts';
import type { Status } from '../../../web/gate/status.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const UNKNOWN: Status = { state: 'unknown' };
const UP: Status = { state: 'up' };
const CLOSED: Status = { state: 'down', why: 'hours', opensAt: '2026-11-23T00:00:00Z' };
const off = { up: false, why: 'hours', opensAt: '2026-11-23T00:00:00Z' };

function judged(before: Status, answers: Partial<Answers>, failures: number, now = NOW): Status {
  return judge(before, { retryAfter: 0, ...answers }, failures, now);
}

test('status says that it is off, and it does not answer - it is down at once, with why and when it opens', () => {
  expect(judged(UP, { health: false, entry: off }, 1)).toEqual(CLOSED);
});

test('status says that it is off, and it answers - it is up: it knows best', () => {
  expect(judged(UP, { health: true, entry: off }, 0)).toMatchObject({ state: 'up' });
});

test('it was up and does not answer, and status says up, does not know or cannot be read - the fourth failure hides it', () => {
  for (const entry of [{ up: true }, { up: null }, undefined]) {
    const states = [1, 2, 3, 4].map((failures) => judged(UP, { health: false, entry }, failures).state);
    expect(states).toEqual(['up', 'up', 'up', 'down']);
  }
});

test('it was never seen up and does not answer - there is nothing to keep: down at once', () => {
  expect(judged(UNKNOWN, { health: false }, 1)).toEqual({ state: 'down' });
});

test('status cannot be read, and the application answers - it is up', () => {
  expect(judged(CLOSED, { health: true }, 0)).toEqual({ state: 'up' });
});

test('status says up, the application does not - why it is up and when it would open are not given as reasons', () => {
  const entry = { up: true, why: 'kept', since: '2026-11-20T00:00:00Z', opensAt: '2026-11-23T00:00:00Z' };
  expect(judged(CLOSED, { health: false, entry }, 9)).toEqual({ state: 'down' });
});

test('the application alone is asked, and it is away again - what was told before of another time is not said', () => {
  expect(judged({ state: 'up', closesAt: '2026-11-20T09:00:00Z' }, { health: false }, 4)).toEqual({ state: 'down' });
});

test('only the status is asked - it decides', () => {
  expect(judged(UNKNOWN, { entry: { up: true, closesAt: '2026-11-20T09:00:00Z' } }, 0)).toEqual({
    ...{ state: 'up', closesAt: '2026-11-20T09:00:00Z' },
  });
  expect(judged(UP, { entry: off }, 1)).toEqual(CLOSED);
});

test('only the status is asked and cannot be read - a running application is never hidden', () => {
  for (const failures of [1, 4, 99]) expect(judged(UP, {}, failures).state).not.toBe('down');
  expect(judged(UNKNOWN, {}, 99)).toEqual(UNKNOWN);
});

test('only the status is asked and can be read no more while it is closed - closed until its time, then nobody knows', () => {
  expect(judged(CLOSED, {}, 99)).toEqual(CLOSED);
  expect(judged(CLOSED, {}, 99, Date.parse('2026-11-23T00:00:00Z'))).toEqual(UNKNOWN);
  expect(judged({ state: 'down', why: 'down' }, {}, 3).state).toBe('down');
  expect(judged({ state: 'down', why: 'down' }, {}, 4)).toEqual(UNKNOWN);
});

test('who can tell says so - it counts as well, and nobody else is asked', () => {
  expect(isWell({ retryAfter: 0, health: true, entry: { up: false } })).toBe(true);
  expect(isWell({ retryAfter: 0, health: false, entry: { up: true } })).toBe(false);
  expect(isWell({ retryAfter: 0, entry: { up: true } })).toBe(true);
  expect(isWell({ retryAfter: 0, entry: { up: null } })).toBe(false);
  expect(isWell({ retryAfter: 0 })).toBe(false);
});

test('failures in a row - three times after five seconds, then every half minute', () => {
  expect([0, 1, 2, 3, 4, 5, 100].map((failures) => pause(failures, 0))).toEqual([
    ...[30_000, 5_000, 5_000, 5_000, 30_000, 30_000, 30_000],
  ]);
});

test('a server asks to be left alone - for as long, at most five minutes', () => {
  expect([2, 60, 86_400].map((seconds) => pause(1, seconds))).toEqual([5_000, 60_000, 300_000]);
});
