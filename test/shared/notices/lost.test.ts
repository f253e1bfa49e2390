import { describe, expect, test } from '@jest/globals';
import { lostStartNotice, lostStopNotice, notAdmittedNotice } from '../../../shared/notices/lost.ts';
import { anEnvironment, aStage, KEY, SCHEDULED, STOP_KEY } from '../builders.ts';

const NOW = Date.parse('2026-11-01T17:40:00.000Z');

describe('a start that did not come', () => {
  test('lost - a warning, and what is done', () => {
    expect(lostStartNotice('nightly', { key: KEY, inGap: false }, aStage(), NOW)).toMatchObject({
      severity: 'warning',
      title: 'nightly 02:00 did not start by itself',
      did: ['The sweeper starts it now.'],
      cause: 'lost-start',
    });
  });

  test('a time that does not exist - a piece of news of that run', () => {
    const notice = lostStartNotice('nightly', { key: KEY, inGap: true }, aStage(), NOW);
    expect(notice).toMatchObject({ severity: 'info', run: KEY, title: 'nightly 02:00 does not exist today' });
    expect(notice).not.toHaveProperty('cause');
  });
});

test('a lost stop - a warning that each attempt repeats', () => {
  const stage = aStage({ workloads: { 'chat-app': anEnvironment() } });
  const [one, two] = [0, 3_600_000].map((later) => lostStopNotice('chat-app', { key: STOP_KEY }, stage, NOW + later));
  expect(one).toMatchObject({
    severity: 'warning',
    title: 'chat-app 18:00 did not stop by itself',
    cause: 'lost-stop',
    kind: 'environment',
  });
  expect(one).not.toHaveProperty('state');
  expect(one?.id).not.toBe(two?.id);
});

describe('not admitted', () => {
  test('retried - the same id; another time - another', () => {
    const id = (scheduledFor: string) =>
      notAdmittedNotice({ workload: 'nightly', scheduledFor }, 'x', aStage(), NOW).id;
    expect(id(SCHEDULED)).toBe(id(SCHEDULED));
    expect(id(SCHEDULED)).not.toBe(id('2026-11-02T00:00:00Z'));
  });

  test.each([
    [undefined, 'nightly could not be started', 'Nothing was started.'],
    ['stop', 'nightly could not be stopped', 'Nothing was stopped.'],
  ] as const)('act %s - says so, why, and where the log is', (act, title, did) => {
    const notice = notAdmittedNotice({ workload: 'nightly', act }, 'States.Timeout', aStage(), NOW);
    expect(notice).toMatchObject({ title, lines: ['States.Timeout'], cause: 'not-admitted' });
    expect(notice.did?.[0]).toMatch(did);
    expect(notice.links?.[0]?.url).toMatch(/lamplighter-dev-admitRun$/);
  });
});
