import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { askAll } from '../../../shared/watch/ask.ts';
import { judgeHeartbeat } from '../../../shared/watch/heartbeat.ts';
import { problemOf } from '../../../shared/watch/problem.ts';
import { askTcp } from '../../../shared/watch/tcp.ts';
import { httpCheck, tcpCheck } from './questions.ts';

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const other = createServer().listen(0, '127.0.0.1');
await once(other, 'listening');
const closed = (other.address() as AddressInfo).port;
other.close();
afterAll(() => {
  server.close();
});
afterEach(() => {
  jest.useRealTimers();
});

/** What it comes to after just so long, and not a millisecond before; where only the clock can end it. */
async function after<T>(ms: number, asked: () => Promise<T>): Promise<T> {
  jest.useFakeTimers();
  let isOver = false;
  const answer = asked().finally(() => {
    isOver = true;
  });
  await jest.advanceTimersByTimeAsync(ms - 1);
  expect(isOver).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  expect(isOver).toBe(true);
  return answer;
}

const hangs = () => new Promise<never>(() => undefined);
/** Ends when it is told to, as the real ones do. */
const waits = (_: unknown, signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a port', () => {
  test('it takes a connection - ok', async () => {
    expect(await askAll([tcpCheck(port)])).toEqual([{ outcome: 'ok', ms: expect.any(Number) }]);
  });

  test('it is closed - failed', async () => {
    expect(await askAll([tcpCheck(closed)])).toMatchObject([{ outcome: 'failed', problem: 'refuses connections' }]);
  });

  test('nobody says anything - failed when its time is over', async () => {
    const check = tcpCheck(port, { withinSeconds: 1 });
    const [result] = await after(1000, () => askAll([check], { askHttp: hangs, askTcp: waits }));
    expect(result).toEqual({ outcome: 'failed', ms: 1000, problem: 'no answer within 1 seconds' });
  });

  test('its time is over while it connects - it is let go of', async () => {
    const own = new AbortController();
    const asked = askTcp(tcpCheck(port), own.signal);
    own.abort(new Error('time is over'));
    await expect(asked).rejects.toThrow('time is over');
  });

  test('one name with several addresses, none of which answers - the reason of the first', () => {
    const errors = [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), new Error('y')];
    expect(problemOf(new AggregateError(errors))).toBe('refuses connections');
    expect(problemOf(Object.assign(new Error('x'), { code: 'EHOSTUNREACH' }))).toBe('no answer: EHOSTUNREACH');
    expect(problemOf(new Error('odd'))).toBe('no answer: odd');
  });
});

describe('everything', () => {
  const questions = Array.from({ length: 5 }, (_, index) => httpCheck(`http://x/${index}`));

  test('the results - are in the order of the questions', async () => {
    const askHttp = async ({ url }: { url: string }) => ({ outcome: 'ok' as const, ms: Number(url.at(-1)) });
    const results = await askAll(questions, { askHttp, askTcp: hangs }, { atOnce: 2, allMs: 60_000 });
    expect(results.map((result) => 'ms' in result && result.ms)).toEqual([0, 1, 2, 3, 4]);
  });

  test('no more than so many at once', async () => {
    let [now, most] = [0, 0];
    const askHttp = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return { outcome: 'ok' as const, ms: 5 };
    };
    await askAll(questions, { askHttp, askTcp: hangs }, { atOnce: 2, allMs: 60_000 });
    expect(most).toBe(2);
  });

  test('the time of all is over - what has no answer yet, or was not asked, is unknown and not down', async () => {
    const effects = { askHttp: waits, askTcp: hangs };
    const results = await after(50, () => askAll(questions, effects, { atOnce: 2, allMs: 50 }));
    expect(results).toEqual(questions.map(() => ({ outcome: 'unknown', problem: 'not asked in time' })));
  });

  test('nothing to ask - nothing', async () => {
    expect(await askAll([])).toEqual([]);
  });
});

describe('a heartbeat', () => {
  const check = { kind: 'heartbeat' as const, name: 'heartbeat', everySeconds: 300 };
  const now = Date.parse('2026-11-02T00:00:00Z');

  test.each([
    ['just now', 0, 'ok', undefined],
    ['five minutes ago', 300, 'ok', undefined],
    ['longer ago', 301, 'failed', 'silent for 5 minutes'],
    ['by a clock that is ahead', -60, 'ok', undefined],
  ])('heard %s - as it should be', (_, seconds, outcome, problem) => {
    const result = judgeHeartbeat(check, now - seconds * 1000, now);
    expect(result).toMatchObject({ outcome, ...(problem && { problem }) });
  });

  test('never heard of - unknown: that nothing came yet does not say that it is down, nor that it is well', () => {
    expect(judgeHeartbeat(check, undefined, now)).toEqual({ outcome: 'unknown', problem: 'never heard of' });
  });
});
