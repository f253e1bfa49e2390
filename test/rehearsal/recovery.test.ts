import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act } from './stage.ts';

const DAY = '2026-11-02';

/** A day of the example's server, or of the fixture's services; nobody mends anything by hand. */
const recovered = (scenario: object, stage: 'external-monitoring' | 'services' = 'external-monitoring') =>
  act({ person: { repairs: 'never' }, ...scenario }, { stage, days: 1, from: DAY });

const befalls = (incident: string, workload = 'web', more: object = {}) => ({
  ...{ incident, workload, at: `${DAY}T10:00` },
  ...more,
});

/** What people were told, `10:02 web is down`. */
function told({ notices }: Report, workload = 'web'): string[] {
  return notices
    .filter((notice) => notice.workload === workload)
    .map(({ at, title }) => `${at.slice(11, 16)} ${title}`);
}

function noticeOf(report: Report, title: RegExp): Report['notices'][number] {
  const found = report.notices.find((notice) => title.test(notice.title));
  if (!found) throw new Error(`nobody was told ${title}; but: ${report.notices.map((one) => one.title).join(', ')}`);
  return found;
}

describe('a process that crashed', () => {
  test('restarted within four minutes of its first failure, and told with what helped and where the logs are', async () => {
    const report = await recovered({ faults: [befalls('crash')] });
    expect(report.violations).toEqual([]);
    expect(told(report)).toEqual(['10:02 web is down', '10:02 web was recovered', '10:04 web is up again']);
    const { did = [], lines } = noticeOf(report, /recovered/);
    expect(lines[0]).toMatch(/^It answers again: restart of its process, \d+ s after it opened\.$/);
    expect(did.join()).toMatch(/10:02 restart of its process: it helped.*Logs of before: s3:\/\/example-logs\/web/s);
  });

  test('its recovery is cut off - people know how far it came', async () => {
    const cut = await recovered({ faults: [befalls('crash'), { abort: 'ChooseRung', workload: 'web' }] });
    expect(cut.violations).toEqual([]);
    expect(told(cut)).toEqual(['10:02 web is down', '10:02 Recovery of web was cut off']);
  });

  test('the opening and the events of alarms come twice - it is recovered once', async () => {
    const report = await recovered({ faults: [befalls('crash'), { events: 'twice' }, { delivery: 'twice' }] });
    expect(report.violations).toEqual([]);
    expect(report.control.apiCalls['ssm.SendCommand']).toBe(1);
  });
});

describe('a machine that AWS finds impaired', () => {
  test('its alarm starts the recovery within 90 s; the harsh step is asked for, said with its address, and helps', async () => {
    const report = await recovered(
      {
        addresses: { app: 'elastic' },
        faults: [befalls('status-check', 'app')],
        people: [{ at: `${DAY}T10:15`, act: 'approve', workload: 'app', by: 'kim' }],
      },
      'services',
    );
    expect(report.violations).toEqual([]);
    expect(noticeOf(report, /waits for your word/).todo?.join()).toContain(
      'npx sls ops approve --stage dev --workload app',
    );
    const { did = [] } = noticeOf(report, /was recovered/);
    expect(did.map((line) => line.replace(/, [^,]+\.$/, '').slice(6))).toEqual([
      'restart of its process: the machine said nothing',
      'reboot of its instance: it did not help',
      'stop and start of its instance: it helped',
    ]);
  });
});

test('it goes up and down - recovered until it is known to flap, then frozen, and people are told', async () => {
  const report = await recovered({ faults: [befalls('flapping')] });
  expect(report.violations).toEqual([]);
  expect(noticeOf(report, /is not recovered/).lines[0]).toBe('it goes up and down.');
  expect(report.control.apiCalls['ssm.SendCommand']).toBeLessThanOrEqual(3);
});
