import { describe, expect, test } from '@jest/globals';
import { downMs, incidentsOf, isDownBy } from '../../../rehearsal/outside/incidents/course.ts';
import { mendedAt } from '../../../rehearsal/outside/person.ts';
import { pinged } from '../../../rehearsal/outside/pinger.ts';
import { parseScenario } from '../../../rehearsal/scenario.ts';

const SEOUL = 'Asia/Seoul';
const END = Date.parse('2026-12-01T00:00:00+09:00');
const at = (time: string) => Date.parse(`2026-11-${time}:00+09:00`);
const local = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant + 9 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ');

/** What a pinger makes of one incident: when it notices, when it is over, for how many minutes it was down. */
function outcome(incident: object, person: object = {}): (string | number | undefined)[] {
  const faults = [{ workload: 'web', at: '2026-11-03T10:02', ...incident }];
  const scenario = parseScenario({ faults, person });
  const [only] = incidentsOf(scenario, SEOUL);
  if (!only) throw new Error('no incident');
  const { noticedAt, upAt, downMs: down } = pinged(only, scenario.person, SEOUL, END);
  return [local(noticedAt), local(upAt), down / 60_000];
}

describe('a pinger that asks every five minutes', () => {
  test('a crash by day - noticed at the next, mended half an hour later', () => {
    expect(outcome({ incident: 'crash' })).toEqual(['03 10:05', '03 10:35', 33]);
  });

  test('a crash at night - mended at eight', () => {
    expect(outcome({ incident: 'crash', at: '2026-11-03T01:02' })).toEqual(['03 01:05', '03 08:00', 418]);
    expect(outcome({ incident: 'crash', at: '2026-11-03T23:02' })).toEqual(['03 23:05', '04 08:00', 538]);
  });

  test('a slow death - not before it answers no more', () => {
    expect(outcome({ incident: 'slow-death', grows: '31m' })).toEqual(['03 10:35', '03 11:05', 32]);
  });

  test('a zone - nobody’s to mend', () => {
    expect(outcome({ incident: 'zone', lasts: '50m' })).toEqual(['03 10:05', '03 10:52', 50]);
  });

  test('one that is over before it asks - never noticed', () => {
    expect(outcome({ incident: 'zone', lasts: '2m' })).toEqual([undefined, '03 10:04', 2]);
  });

  test('a certificate - when it has ended, days later', () => {
    expect(outcome({ incident: 'certificate', grows: '48h' })).toEqual(['05 10:05', '05 10:35', 33]);
  });

  test('our own network - is none of its', () => {
    expect(outcome({ incident: 'network', workload: undefined })).toEqual([undefined, undefined, 0]);
  });

  test('nobody mends it - down until the month is over', () => {
    expect(outcome({ incident: 'crash' }, { repairs: 'never' })).toEqual([
      '03 10:05',
      undefined,
      (END - at('03T10:02')) / 60_000,
    ]);
  });
});

test('what flaps - down for five minutes of nine, and so counted', () => {
  const faults = [{ incident: 'flapping', workload: 'web', at: '2026-11-03T10:00', lasts: '50m' }];
  const [flaps] = incidentsOf(parseScenario({ faults }), SEOUL);
  if (!flaps) throw new Error('no incident');
  const minutes = Array.from({ length: 60 }, (_, minute) => isDownBy(flaps, flaps.at + minute * 60_000));
  expect(minutes.slice(0, 10)).toEqual([true, true, true, true, true, false, false, false, false, true]);
  expect(downMs(flaps, END) / 60_000).toBe(minutes.filter(Boolean).length);
});

test('a person by another clock - half an hour by day, in the morning by night', () => {
  const { person } = parseScenario({ person: { repairs: '10m', from: '07:00', to: '20:00' } });
  expect(local(mendedAt(at('03T19:59'), person, SEOUL))).toBe('03 20:09');
  expect(local(mendedAt(at('03T20:00'), person, SEOUL))).toBe('04 07:00');
});

test.each([
  [{ incident: 'crash', workload: undefined }, 'crash befalls a workload'],
  [{ incident: 'network' }, 'our own network befalls no workload'],
])('%j - refused: %s', (incident, says) => expect(() => outcome(incident)).toThrow(says));
