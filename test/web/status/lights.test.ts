import { describe, expect, test } from '@jest/globals';
import type { StatusAnswer, WorkloadNow } from '../../../shared/status/answers.ts';
import { headlineOf, lightOf } from '../../../web/status/lights.ts';
import { en } from '../../../web/status/words/en.ts';
import { ko } from '../../../web/status/words/ko.ts';
import { status } from './sample.ts';

const web: WorkloadNow = { name: 'web', kind: 'service', now: 'up', up: true };
const app: WorkloadNow = { name: 'app', kind: 'environment', now: 'off', up: false };

function headline(...workloads: WorkloadNow[]) {
  const answer: StatusAnswer = { ...status, workloads };
  const { light, text } = headlineOf(answer, en);
  return [light, text, headlineOf(answer, ko).text];
}

describe('the one sentence', () => {
  test.each<[string, WorkloadNow[], string[]]>([
    [
      'what is off by plan',
      [web, { ...app, why: { code: 'hours' } }],
      ['lit', 'All is as it should be', '모두 정상입니다'],
    ],
    ['one is down', [{ ...web, now: 'down' }, app], ['broken', 'web is down', '중단됨: web']],
    ['what failed too often', [{ ...app, why: { code: 'breaker' } }], ['broken', 'Look after app', '확인 필요: app']],
    [
      'nobody knows',
      [{ ...web, now: 'unknown', up: null }],
      ['unknown', 'Nobody can say how web is', '상태를 알 수 없음: web'],
    ],
    ['an emergency', [{ ...app, why: { code: 'emergency' } }], ['broken', en.headline.stopped, ko.headline.stopped]],
    ['all is paused', [{ ...app, why: { code: 'stage-paused' } }], ['out', en.headline.paused, ko.headline.paused]],
    ['nothing is shown', [], ['out', en.headline.nothing, ko.headline.nothing]],
  ])('%s - said', (_, workloads, said) => {
    expect(headline(...workloads)).toEqual(said);
  });

  test('one down, another unknown and a third broken - what is worst', () => {
    expect(headline({ ...web, now: 'unknown' }, { ...app, now: 'broken' }, { ...web, now: 'down' })[1]).toBe(
      'web is down',
    );
  });

  test('more than three - the others are counted', () => {
    const down = ['a', 'b', 'c', 'd', 'e'].map((name): WorkloadNow => ({ ...web, name, now: 'down' }));
    expect(headline(...down)[1]).toBe('a, b, c, 2 more are down');
  });
});

test('what is off and has failed - another lamp than what is off by plan', () => {
  expect(lightOf({ now: 'off', why: { code: 'failed' } })).toBe('broken');
  expect(lightOf({ now: 'off', why: { code: 'hours' } })).toBe('out');
});
