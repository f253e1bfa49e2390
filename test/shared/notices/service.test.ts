import { describe, expect, test } from '@jest/globals';
import { healthNotice } from '../../../shared/notices/service.ts';
import { because } from '../../../shared/reasons.ts';
import { aStage } from '../builders.ts';
import { aService } from '../watch/services.ts';

const NOW = Date.parse('2026-11-02T00:14:00Z');
const FROM = Date.parse('2026-11-02T00:02:00Z');
const down = { from: FROM, openedAt: FROM + 120_000, problem: because('answers', 503), successes: 0 };
const about = { service: 'web', check: 'front' };
const checks = [
  {
    kind: 'http' as const,
    name: 'front',
    url: 'https://www.example.com/a?key=1',
    withinSeconds: 5,
    certificateDays: 14,
  },
];
const stage = aStage({
  services: { web: aService({ checks, target: { ec2: 'i-0123456789abcdef0' } }) },
  control: 'https://www.example.org',
});

describe('what is said of a check', () => {
  test('it is down - since when by the clock there, and where to look, from outside inwards', () => {
    const notice = healthNotice({ ...about, what: 'opened', down }, stage, NOW);
    expect(notice).toMatchObject({ title: 'web is down', severity: 'critical', at: '2026-11-02T09:14:00+09:00' });
    expect(notice.lines).toEqual(['front: answers 503.', 'It has failed 3 times in a row, since 09:02.']);
    expect(notice.links?.map(({ label }) => label)).toEqual(['What is checked', 'Log of the checks', 'Instance']);
  });

  test('a query - is in no link: it may hold what is nobody’s business', () => {
    const { links } = healthNotice({ ...about, what: 'opened', down }, stage, NOW);
    expect(links?.[0]?.url).toBe('https://www.example.com/a');
  });

  test('the same downtime judged again - has the same id, so that it is told once; another one has another', () => {
    const id = (from: number, now: number) =>
      healthNotice({ ...about, what: 'opened', down: { ...down, from } }, stage, now).id;
    expect(id(FROM, NOW)).toBe(id(FROM, NOW + 60_000));
    expect(id(FROM, NOW)).not.toBe(id(FROM + 60_000, NOW));
  });

  test('it is up again - the incident is over, with how long it took', () => {
    const notice = healthNotice({ ...about, what: 'closed', down, to: NOW }, stage, NOW);
    expect(notice).toMatchObject({ title: 'web is up again', severity: 'success', state: 'resolved' });
    expect(notice.lines).toEqual(['front answers as it should. It was down for 12 min, from 09:02 to 09:14.']);
    expect(notice.cause).toBe(healthNotice({ ...about, what: 'opened', down }, stage, NOW).cause);
  });

  test('its certificate - is an incident of its own, and a warning', () => {
    const endsAt = Date.parse('2026-11-16T12:00:00Z');
    const notice = healthNotice({ ...about, what: 'ending', days: 14, endsAt }, stage, NOW);
    expect(notice).toMatchObject({ severity: 'warning', cause: 'certificate front', state: 'open' });
    expect(notice.lines[0]).toContain('2026-11-16');
    expect(healthNotice({ ...about, what: 'renewed' }, stage, NOW)).toMatchObject({
      cause: 'certificate front',
      state: 'resolved',
    });
  });

  test('the control probe - is of nobody’s workload, and says that nothing is recovered', () => {
    const notice = healthNotice({ what: 'blind', problem: because('nameUnknown') }, stage, NOW);
    expect(notice).toMatchObject({ workload: 'lamplighter', severity: 'warning', cause: 'control', state: 'open' });
    expect(notice.lines.join(' ')).toContain('nothing is recovered');
  });

  test('a service that the stage file does not name any more - can be spoken of all the same', () => {
    const notice = healthNotice({ ...about, what: 'closed', because: 'unnamed', down, to: NOW }, aStage(), NOW);
    expect(notice).toMatchObject({ severity: 'info', state: 'resolved' });
  });
});
