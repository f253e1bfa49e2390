import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act } from './stage.ts';

const isDigest = ({ title }: { title: string }) => / digest: /.test(title);

describe('a month of digests', () => {
  let month: Report;
  beforeAll(async () => {
    month = await act(
      {
        faults: [{ job: 'fails', exitCode: 3, workload: 'tidy', runs: [3] }],
        people: [{ at: '2026-11-09T12:00', act: 'pause', workload: 'boot', why: 'a move' }],
      },
      { stage: 'variants', from: '2026-11-01', days: 30 },
    );
  });
  const digests = (period: string) => month.notices.filter(({ title }) => title.startsWith(`${period} digest`));

  test('every day, every Monday and on the first - one each, at its time, as info', () => {
    expect([digests('Daily'), digests('Weekly'), digests('Monthly')].map(({ length }) => length)).toEqual([30, 5, 1]);
    for (const { at, severity, workload } of digests('Daily')) {
      expect(at.slice(11, 16)).toBe('17:30');
      expect([severity, workload]).toEqual(['info', 'lamplighter']);
    }
    expect(digests('Weekly').map(({ at }) => at.slice(8, 10))).toEqual(['02', '09', '16', '23', '30']);
    expect(digests('Monthly')[0]?.at.slice(0, 16)).toBe('2026-11-01T09:00');
    expect(month.violations).toEqual([]);
  });

  test('each of them - shown once in each channel that hears of what is info', () => {
    const shown = month.shown.filter(isDigest);
    for (const channel of ['discord', 'slack', 'teams', 'server'])
      expect(shown.filter((one) => one.channel === channel)).toHaveLength(36);
    expect(shown).toHaveLength(4 * 36);
    // The ledger of the month begins with it: the first digest, of the month before, has nothing to draw.
    const drawn = shown.filter(({ files }) => files);
    expect(drawn.map(({ channel, files }) => [channel, files])).toEqual(
      Array.from({ length: 35 }, () => ['discord', ['month.png']]),
    );
  });

  test('a day on which something failed - which, how, and how long the others took', () => {
    const day = digests('Daily')[2];
    expect(day?.title).toBe('Daily digest: 6 runs, 1 failed');
    expect(day?.lines.join('\n')).toMatch(/tidy: 1 failed, on for \d+ min \(\d %\), spent \$0\.\d\d/);
    expect(day?.lines.join('\n')).toMatch(/tidy .*06:15 failed: .*exit code 3/);
    expect(day?.lines.join('\n')).toMatch(/spring: 1 succeeded, took \d+ min, usually \d+ min/);
  });

  test('spending - estimated, up to when it was seen, and against always on', () => {
    const spent = digests('Daily').map(({ lines }) => lines.find((line) => line.startsWith('Spent')));
    for (const line of spent)
      expect(line).toMatch(/^Spent: \$\d\.\d\d, an estimate as of 17:(15|30)\. Always on it would have been \$1\.\d\d/);
    expect(digests('Weekly')[3]?.lines.join()).toMatch(/The most was \$\d\.\d\d, on 2026-11-\d\d/);
    expect(digests('Monthly')[0]?.lines).toContain('What was spent is not known: the ledger has no day of this time.');
  });

  test('a day off - what was skipped, and why', () => {
    expect(digests('Daily')[4]?.lines).toContain('office: 1 skipped, closed: day off');
  });

  test('what a person holds back - is to be looked at, and what did not run is counted in the week', () => {
    const week = digests('Weekly')[2];
    expect(week?.todo).toEqual([expect.stringMatching(/^boot is held back by rehearsal: a move/)]);
    expect(week?.lines.join('\n')).toMatch(/boot: \d+ skipped, paused by rehearsal: a move/);
  });
});

test('a function that crashes - the digest comes when Lambda asks again, and once', async () => {
  const { notices, shown } = await act(
    { faults: [{ function: 'send-digest', crashes: 1 }] },
    { stage: 'variants', from: '2026-11-03', days: 1 },
  );
  expect(notices.filter(isDigest)).toHaveLength(1);
  expect(shown.filter((one) => isDigest(one) && one.channel === 'discord')).toHaveLength(1);
});
