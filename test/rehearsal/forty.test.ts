import { beforeAll, describe, expect, test } from '@jest/globals';
import { rehearse } from '../../rehearsal/index.ts';
import { render } from '../../rehearsal/render.ts';
import type { IncidentReport, ServicesReport } from '../../rehearsal/report/incidents.ts';
import type { Report } from '../../rehearsal/report.ts';
import { readScenario } from '../../rehearsal/scenario.ts';
import { packaged } from './stage.ts';

const FILE = 'examples/scenarios/external-monitoring/forty-incidents.yml';
/** At night nobody gives his word, and nobody mends anything before eight. */
const isNight = ({ at }: IncidentReport) => at.slice(11, 16) < '08:00' || at.slice(11, 16) >= '22:00';

let report: Report;
let services: ServicesReport;
beforeAll(async () => {
  const scenario = readScenario(FILE);
  const from = scenario.from ?? '';
  report = await rehearse({ ...packaged('external-monitoring'), from, days: scenario.days ?? 0, scenario, seed: 1 });
  if (!report.services) throw new Error('nothing has befallen the services');
  services = report.services;
}, 400_000);

const of = (...kinds: string[]) => services.incidents.filter(({ kind }) => kinds.includes(kind));
const seconds = (from: string | undefined, to: string | undefined) =>
  (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;

describe('a month in which forty things befall a server', () => {
  test('of nine kinds, all noticed, and no law broken', () => {
    expect(services.incidents).toHaveLength(40);
    expect(new Set(services.incidents.map(({ kind }) => kind)).size).toBe(9);
    expect(services.incidents.filter(({ noticedAt }) => noticedAt === undefined)).toEqual([]);
    expect(report.violations).toEqual([]);
    expect(report.undelivered).toEqual([]);
  });

  test('crashes and hangs - recovered by a restart or, where that does not help, a reboot; begun within 4 minutes', () => {
    const all = of('crash', 'hang');
    expect(all).toHaveLength(19);
    for (const { failedAt, recoveryAt } of all) {
      expect(seconds(failedAt, recoveryAt)).toBeGreaterThan(0);
      expect(seconds(failedAt, recoveryAt)).toBeLessThanOrEqual(240);
    }
    const by = (helped: string) => all.filter((incident) => incident.helped === helped);
    expect(by('restart')).toHaveLength(17);
    expect(by('reboot')).toHaveLength(2);
    for (const { minutesDown } of by('restart')) expect(minutesDown).toBeLessThan(5);
    for (const { minutesDown } of by('reboot')) expect(minutesDown).toBeLessThan(15);
  });

  test('an alarm - a recovery has heard of it within 90 seconds', () => {
    const alarmed = of('status-check', 'slow-death', 'disk-full');
    expect(alarmed).toHaveLength(11);
    for (const { alarmAt, heardAt } of alarmed) expect(seconds(alarmAt, heardAt)).toBeLessThanOrEqual(90);
  });

  test('a slow death - told before it answers no more, recovered when it does', () => {
    for (const { minutesToNotice, helped, recoveryAt, downAt } of of('slow-death')) {
      expect(minutesToNotice).toBeLessThan(0);
      expect(helped).toMatch(/^(restart|reboot)$/);
      expect(seconds(downAt, recoveryAt)).toBeGreaterThan(0);
    }
  });

  test('a broken host - another one, once a person has said yes; by night a person', () => {
    const [byNight, byDay] = [of('status-check').filter(isNight), of('status-check').filter((one) => !isNight(one))];
    expect(byDay.map(({ helped }) => helped)).toEqual(['stop-start', 'stop-start', 'stop-start']);
    expect(byNight.map(({ helped }) => helped)).toEqual(['a person']);
  });

  test.each([
    ['disk-full', 'a person'],
    ['certificate', 'a person'],
    ['zone', 'itself'],
    ['flapping', 'itself'],
    ['network', 'itself'],
  ])('%s - helped by %s', (kind, helped) => {
    const found = of(kind);
    expect(found.map((incident) => incident.helped)).toEqual(found.map(() => helped));
  });

  test('our own network and a certificate that will end - nothing was ever down, and nothing recovered', () => {
    for (const { minutesDown, recoveryAt, downAt } of of('network', 'certificate'))
      expect([minutesDown, recoveryAt, downAt]).toEqual([0, undefined, undefined]);
  });

  test('never more than three recoveries a day, whatever happens', () => {
    const { apiCalls } = report.control;
    expect(apiCalls['ssm.SendCommand']).toBeLessThanOrEqual(3 * 30);
    expect(apiCalls['ec2.RebootInstances']).toBeLessThan(20);
  });
});

describe('the same month with a pinger alone', () => {
  test('it never sees our own network, sees all else, a certificate not before it has ended', () => {
    for (const { pinger } of of('network')) expect(pinger).toEqual({ minutesDown: 0 });
    for (const { pinger } of of('certificate')) expect(pinger.minutesDown).toBeGreaterThan(30);
    expect(services.totals.pinger).toMatchObject({ incidents: 40, noticed: 37 });
  });

  test('it is down for more than three times as long, and a single crash for ten times', () => {
    const { lamplighter, pinger } = services.totals;
    expect(pinger.hoursDown).toBeGreaterThan(3 * lamplighter.hoursDown);
    expect(pinger.medianMinutesDown).toBeGreaterThan(10 * lamplighter.medianMinutesDown);
  });

  test('what is assumed - is said', () => {
    expect(services.assumptions.join()).toMatch(/every 5 minutes.*30 minutes between 08:00 and 22:00.*assumed/);
  });
});

test('on the terminal - a row for each, and both months below', () => {
  const text = render(report);
  expect(
    text.match(/│ (crash|hang|slow-death|disk-full|status-check|zone|flapping|certificate|network) /g),
  ).toHaveLength(40);
  expect(text).toMatch(/Lamplighter: 40 of 40 noticed/);
  expect(text).toMatch(/A pinger: {4}37 of 40 noticed/);
});
