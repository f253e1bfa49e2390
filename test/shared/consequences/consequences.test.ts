import { describe, expect, test } from '@jest/globals';
import type { Output, WorkloadStatus } from '../../../functions/show-status/contract.ts';
import { type Act, consequencesOf } from '../../../shared/consequences/consequences.ts';
import { consequences as en } from '../../../shared/words/en/consequences.ts';
import { consequences as ko } from '../../../shared/words/ko/consequences.ts';
import { AT, aQueueStatus, aServiceStatus, aStatus } from '../../plugin/ops/context.ts';

const running = { key: '2026-11-02T09:00', by: 'schedule', status: 'running' };
const word = { by: 'ana', why: 'a demo', at: AT };
const environment = { kind: 'environment' } as const;

type Case = [what: string, act: Act, is: Partial<WorkloadStatus>, says: RegExp, stops: boolean];

test.each<Case>([
  ['a start', 'start', {}, /nightly: a run begins now/, false],
  ['a start of an environment', 'start', environment, /its stack is created now, and kept until 22:00/, false],
  ['a start while one runs', 'start', { running }, /goes on \(2026-11-02T09:00\)/, false],
  ['a start that is held', 'start', { held: ['breaker open'] }, /would be skipped, breaker open/, false],
  ['a stop', 'stop', { now: 'on', running }, /the run of 2026-11-02T09:00 is cut off, and its instance/, true],
  ['a stop of nothing', 'stop', {}, /no run goes on, so nothing is cut off$/, false],
  ['a stop of what is on by itself', 'stop', { now: 'on' }, /its instance is on, and no run of ours stops it/, false],
  ['a stop of an environment', 'stop', { ...environment, now: 'on' }, /its stack is deleted, unless data/, true],
  ['a stop of one that nobody could see', 'stop', { ...environment, now: 'unknown' }, /is deleted/, true],
  ['a stop of one that is gone', 'stop', environment, /is off already/, false],
  ['an extension', 'keep', { now: 'on' }, /not stopped until 22:00, at most until the deadline/, false],
  ['a skip', 'skip', {}, /nothing starts until 22:00, the next is 11-03 02:00/, false],
  ['a pause', 'pause', {}, /nothing starts until 22:00/, false],
  ['a pause while one runs', 'pause', { running }, /what goes on .* ends as planned/, true],
  ['a resume of what is kept', 'resume', { now: 'on', words: [{ act: 'keep', ...word }] }, /no longer kept/, true],
  ['a resume of what was kept', 'resume', { words: [{ act: 'keep', ...word }] }, /no longer kept/, false],
  ['a resume of what failed', 'resume', { breaker: { failures: 5, opensAt: 5 } }, /5 failures in a row/, false],
  ['an emergency stop', 'emergency-stop', { now: 'on', running }, /its instance \(on\) is stopped now, the run/, true],
  ['an emergency stop of what is off', 'emergency-stop', {}, /its instance is off/, false],
])('%s - says so', (_, act, is, says, stops) => {
  const [consequence, ...more] = consequencesOf(act, aStatus({ nightly: is }), '22:00', en);
  expect(consequence).toEqual({ text: expect.stringMatching(says), stops });
  expect(more).toEqual([]);
});

test.each<[string, Act, boolean, string | undefined, string]>([
  ['a pause of a service', 'pause', false, undefined, 'neither said to be down nor recovered until somebody resumes'],
  ['a skip of a service', 'skip', false, undefined, 'neither said to be down nor recovered today'],
  ['a pause of the stage', 'pause', true, '22:00', 'not recovered until 22:00'],
])('%s - it stays watched', (_, act, isOfStage, until, says) => {
  const status = aStatus({}, { services: { web: aServiceStatus() } });
  expect(consequencesOf(act, status, until, en, isOfStage)).toEqual([
    { text: `web: it is watched (up now), and ${says}`, stops: false },
  ]);
});

test('a resume of a service - ends what was said; an emergency stop does nothing to it', () => {
  const services = { web: aServiceStatus({ words: [{ act: 'skip', ...word }] }) };
  const texts = (act: Act) => consequencesOf(act, aStatus({}, { services }), undefined, en).map(({ text }) => text);
  expect(texts('resume')).toEqual(['web: it is no longer skipped (by ana: a demo)']);
  expect(texts('emergency-stop')).toEqual([]);
});

test('a resume of the stage - ends its pause, and the gate of its budget', () => {
  const overBudget = { until: AT, usd: 20.5, limit: 20 };
  const status: Output = aStatus({}, { words: [{ act: 'pause', ...word }], overBudget });
  expect(consequencesOf('resume', status, undefined, en).map(({ text }) => text)).toEqual([
    'the stage is no longer paused (by ana: a demo)',
    'starts are allowed again although $20.50 of $20 are spent today',
  ]);
  expect(consequencesOf('pause', status, undefined, en)).toEqual([]);
});

describe('a queue', () => {
  const queue = { queues: { crawl: aQueueStatus() } };
  const said = (act: Act, more: Partial<Output> = queue, until?: string, isOfStage = false) =>
    consequencesOf(act, aStatus({}, more), until, en, isOfStage).map(
      ({ text, stops }) => `${stops ? '! ' : ''}${text}`,
    );

  test.each<[Act, string | undefined, string]>([
    [
      'pause',
      undefined,
      '! crawl: no worker is added until somebody resumes, and jobs wait; those that run end their work (12 run now)',
    ],
    [
      'skip',
      '22:00',
      '! crawl: no worker is added until 22:00, and jobs wait; those that run end their work (12 run now)',
    ],
    ['keep', '22:00', 'crawl: no worker is taken away until 22:00 (12 run now)'],
    ['start', undefined, 'crawl: this is refused: workers follow the queue'],
    [
      'emergency-stop',
      undefined,
      '! crawl: all workers are stopped, each at the end of its jobs (12 run now), and jobs wait',
    ],
  ])('%s - what it does to its workers', (act, until, expected) => {
    expect(said(act, queue, until)).toEqual([expected]);
  });

  test('resume - what no longer holds; nobody saw its workers - said', () => {
    const { workers: _, ...unseen } = aQueueStatus();
    const words = [{ act: 'keep' as const, by: 'ana', why: 'a demo', at: AT }];
    expect(said('resume', { queues: { crawl: aQueueStatus({ words }) } })).toEqual([
      'crawl: it is no longer kept (by ana: a demo)',
    ]);
    expect(said('pause', { queues: { crawl: unseen } }).join()).toContain('how many run is not known');
  });
});

test.each<[Act, Partial<WorkloadStatus>, string]>([
  ['stop', { now: 'on', running }, 'nightly: 2026-11-02T09:00 실행을 끊고 인스턴스를 중지합니다'],
  ['stop', { ...environment, now: 'on' }, 'nightly: 스택을 삭제합니다. 데이터를 잃게 되면 삭제하지 않습니다'],
  ['pause', {}, 'nightly: 22:00까지 아무것도 시작하지 않습니다. 다음 시작은 11-03 02:00입니다'],
  ['emergency-stop', { now: 'on' }, 'nightly: 인스턴스(켜짐)을(를) 지금 중지합니다'],
])('%s in Korean - said in Korean', (act, is, says) => {
  expect(consequencesOf(act, aStatus({ nightly: is }), '22:00', ko).map(({ text }) => text)).toEqual([says]);
});
