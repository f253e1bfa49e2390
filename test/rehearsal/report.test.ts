import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Entry, type Happening, Journal } from '../../rehearsal/journal.ts';
import { servicesReport } from '../../rehearsal/report/incidents.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { aNotice, aStage } from '../shared/builders.ts';
import { aService } from '../shared/watch/services.ts';
import { SERVER } from './server-world.ts';

// What the report makes of a history of one incident, which begins on 3 November at 10:00 in Seoul.

const START = Date.parse('2026-11-03T10:00:00+09:00');
const stage = aStage({
  services: {
    web: aService({ target: { ec2: SERVER } }),
    api: aService({ target: { ec2: SERVER } }),
    other: aService(),
  },
});
let journal: Journal;
beforeEach(() => {
  journal = new Journal();
});

/** Something that happened so many minutes after the beginning. */
const happens = (minute: number, happening: Happening) =>
  journal.entries.push({ ...happening, at: START + minute * 60_000 } as Entry);
const told = (minute: number, notice: Partial<Notice> = {}) =>
  happens(minute, {
    what: 'notice',
    notice: aNotice({ workload: 'web', cause: 'check front', state: 'open', ...notice }),
  });
const over = (minute: number, by: string, kind = 'crash') =>
  happens(minute, { what: 'incident', id: `web ${kind} 2026-11-03T10:00`, kind, phase: 'over', by });
const started = (minute: number, input: object) =>
  happens(minute, { what: 'execution', arn: 'a:lamplighter-dev-recover-service:one', status: 'RUNNING', input });

function row(incident: object = {}) {
  const faults = [{ incident: 'crash', workload: 'web', at: '2026-11-03T10:00', ...incident }];
  const facts = { stage, scenario: parseScenario({ faults }), to: START + 10 * 3_600_000 };
  const { pinger: _, ...found } = servicesReport(facts, journal)?.incidents[0] ?? { pinger: undefined };
  return found;
}
const at = (minute: number) =>
  new Date(START + minute * 60_000 + 9 * 3_600_000).toISOString().replace('.000Z', '+09:00');

test('nothing befalls any service - no section', () => {
  expect(servicesReport({ stage, scenario: parseScenario({}), to: START }, journal)).toBeUndefined();
});

describe('a crash', () => {
  test('seen, told, recovered - each when it was', () => {
    happens(1, { what: 'unreached', place: 'web front', how: '502' });
    told(3);
    started(3, { service: 'web' });
    over(4, 'restart');
    expect(row()).toEqual({
      ...{ kind: 'crash', workload: 'web', at: at(0), downAt: at(0), failedAt: at(1), noticedAt: at(3) },
      ...{ recoveryAt: at(3), minutesToNotice: 3, helped: 'restart', upAt: at(4), minutesDown: 4 },
    });
  });

  test('what is of another service, of before it, or says that all is well - is not of it', () => {
    happens(-1, { what: 'unreached', place: 'web front', how: '502' });
    happens(1, { what: 'unreached', place: 'other front', how: '502' });
    told(2, { workload: 'other' });
    told(2, { state: 'resolved' });
    told(2, { cause: 'certificate front' });
    started(2, { service: 'other' });
    over(4, 'a person');
    expect(row()).not.toHaveProperty('failedAt');
    expect(row()).not.toHaveProperty('noticedAt');
    expect(row()).not.toHaveProperty('recoveryAt');
  });

  test('an alarm of what is on the same machine - is of it, and tells; so is the recovery that it starts', () => {
    const [name, topic] = ['lamplighter-dev-status-check-web', 'notices'];
    happens(2, { what: 'alarm', topic, name, state: 'ALARM', reason: '' });
    started(2.5, { detail: { alarmName: name } });
    const faults = { workload: 'api', incident: 'status-check' };
    expect(row(faults)).toMatchObject({ alarmAt: at(2), noticedAt: at(2), heardAt: at(2.5), recoveryAt: at(2.5) });
  });

  test('nobody has mended it - down to the end, and nothing helped', () => {
    expect(row()).toMatchObject({ minutesDown: 600 });
    expect(row()).not.toHaveProperty('helped');
  });
});

test('a stop and start that leaves its name behind - is not up before somebody has corrected it', () => {
  const kind = 'status-check';
  happens(10, { what: 'name', id: SERVER, leads: 'nowhere' });
  over(12, 'stop-start', kind);
  expect(row({ incident: kind })).toMatchObject({ minutesDown: 600 });
  happens(40, { what: 'name', id: SERVER, leads: 'there' });
  expect(row({ incident: kind })).toMatchObject({ minutesDown: 40, helped: 'a person', upAt: at(40) });
});
