import { describe, expect, test } from '@jest/globals';
import type { Because, Incident } from '../../../shared/messages/message.ts';
import { view } from '../../../shared/messages/view.ts';
import { aMessage, aStage, aWorkload } from '../builders.ts';

const EN = aStage();
const KO = aStage({ notify: { language: 'ko' } });
/** 02:00 in Seoul, half an hour before the notice. */
const OPENED = Date.parse('2026-11-01T17:00:00Z');
const MINUTE = 60_000;

describe('an incident', () => {
  const seen = (incident: Partial<Incident>, stage = EN) =>
    view(aMessage({}, { incident: { state: 'open', openedAt: OPENED, count: 1, ...incident } }), stage);

  test.each<[Partial<Incident>, string, string, string]>([
    [{ count: 3 }, 'nightly failed ×3', 'open since 02:00', '02:00부터 계속되고 있습니다'],
    [{ state: 'passing', count: 2 }, 'nightly failed ×2', 'since 02:00', '02:00부터'],
    [
      { state: 'resolved', count: 3, endedAt: OPENED + 185 * MINUTE },
      'Resolved: nightly failed',
      'resolved after 3 h 5 min, ×3',
      '3시간 5분 만에 해결되었습니다, ×3',
    ],
    [{ state: 'resolved' }, 'Resolved: nightly failed', 'resolved after 30 min', '30분 만에 해결되었습니다'],
    [
      { state: 'flapping', count: 7 },
      'Flapping: nightly failed',
      'flapping: 7 times since 02:00',
      '상태가 반복해서 바뀌고 있습니다(02:00부터 7회)',
    ],
    [
      { openedAt: OPENED - 1440 * MINUTE },
      'nightly failed',
      'open since 11-01 02:00',
      '11-01 02:00부터 계속되고 있습니다',
    ],
  ])('%j - what its title and its status say', (incident, title, status, korean) => {
    expect(seen(incident).title).toBe(title);
    expect(seen(incident).status.join(', ')).toBe(status);
    expect(seen(incident, KO).status.join(', ')).toBe(korean);
  });

  test('it has just begun - its title alone', () => {
    expect(seen({ openedAt: OPENED + 30 * MINUTE })).toMatchObject({ title: 'nightly failed', status: [] });
  });

  test('somebody looks after it - who, and since when', () => {
    const incident = { count: 2, acknowledged: { by: 'ana', at: OPENED + 14 * MINUTE } };
    expect(seen(incident).status).toEqual(['open since 02:00', 'ana looks after it since 02:14']);
    expect(seen(incident, KO).status[1]).toBe('ana 님이 02:14부터 확인하고 있습니다');
  });
});

describe('why a channel carries it', () => {
  test.each<[Omit<Because, 'id'>, string, string]>([
    [{ what: 'reminder' }, 'reminder: it is still open', '다시 알림'],
    [
      { what: 'escalation', why: '900' },
      'escalated because nobody acknowledged within 15 min',
      '15분 안에 확인한 사람이',
    ],
    [{ what: 'escalation' }, 'escalated because nobody acknowledged it', '확인한 사람이 없어'],
    [
      { what: 'fallback', channel: 'discord', why: '503' },
      'carried here because discord answered 503',
      'discord 채널이 503',
    ],
    [
      { what: 'fallback', channel: 'discord', why: 'the webhook did not answer' },
      'carried here because discord could not: the webhook did not answer',
      'discord 채널로 보낼 수 없어',
    ],
  ])('%j - said before everything else', (because, english, korean) => {
    const incident = { state: 'open', openedAt: OPENED, count: 2 } as const;
    const status = (stage: typeof EN) =>
      view(aMessage({}, { incident, because: { id: '1', ...because } }), stage).status;
    expect(status(EN)[0]).toMatch(english);
    expect(status(EN)[1]).toBe('open since 02:00');
    expect(status(KO)[0]).toMatch(korean);
  });
});

describe('what was said before', () => {
  const title = (at: number) => ({ at, title: 'nightly was skipped', severity: 'warning' as const });
  const earlier = (message: Parameters<typeof aMessage>[1]) =>
    view(aMessage({ lines: [] }, message), EN).parts.find(({ heading }) => heading === 'Earlier')?.lines;

  test('two - their times and titles, with the date where it was another day; and how many more', () => {
    const before = [title(OPENED - 1440 * MINUTE), title(OPENED)];
    expect(earlier({ earlier: before, dropped: 1037 })).toEqual([
      ...['11-01 02:00 nightly was skipped', '02:00 nightly was skipped', 'and 1,037 more'],
    ]);
  });

  test('more than are shown - the newest, and the rest is counted', () => {
    const lines = earlier({ earlier: Array.from({ length: 14 }, (_, minute) => title(OPENED + minute * MINUTE)) });
    expect(lines).toHaveLength(11);
    expect(lines?.[0]).toMatch(/^02:04/);
    expect(lines?.at(-1)).toBe('and 4 more');
  });

  test('none - no heading', () => {
    expect(view(aMessage(), EN).parts).toEqual([{ lines: ['JobFailed', 'Exit code 3.'] }]);
  });
});

describe('the time', () => {
  test('a workload with a zone of its own - in that zone, with the offset', () => {
    const stage = aStage({ workloads: { nightly: aWorkload({ timezone: 'America/New_York' }) } });
    expect(view(aMessage(), stage).time).toBe('2026-11-01 12:30 -05:00');
    expect(view(aMessage({ workload: 'lamplighter' }), stage).time).toBe('2026-11-02 02:30 +09:00');
  });
});

describe('links', () => {
  const links = (...found: { label: string; url: string }[]) => view(aMessage({ links: found }), EN).links;

  test.each([
    'javascript:alert(1)',
    'ftp://a.test/',
    '//a.test/',
    'https://',
    'https:///x',
    `https://a.test/${'x'.repeat(700)}`,
  ])('%s - is none', (url) => {
    expect(links({ label: 'x', url })).toEqual([]);
  });

  test('an address that would end a link - cannot', () => {
    expect(links({ label: 'a]b', url: 'https://a.test/(x) <y>|"\'`' })).toEqual([
      { label: 'a b', url: 'https://a.test/%28x%29%20%3Cy%3E%7C%22%27%60' },
    ]);
  });
});
