import { expect, test } from '@jest/globals';
import type { Report } from '../../rehearsal/index.ts';
import { act } from './stage.ts';

// What people see of a month, and of a bad five minutes; that nothing is lost and nothing comes twice, the laws look at.

const minutesBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 60_000;
const shownIn = ({ shown }: Report, channel: string) => shown.filter((one) => one.channel === channel);

test('Discord is down for six hours of a month - all of it comes, in order, and mail carries what is critical at once', async () => {
  const [from, to] = ['2026-11-10T04:00', '2026-11-10T10:00'];
  const alarm = { at: '2026-11-10T05:00', name: 'disk-full', reason: 'The disk of the database is full.' };
  const report = await act(
    {
      faults: [{ webhook: 503, channel: 'discord', from, to }],
      alarms: [alarm],
      people: [{ at: '2026-11-10T05:10', act: 'acknowledge', cause: 'disk-full' }],
    },
    { stage: 'variants', from: '2026-11-01', days: 30 },
  );
  expect(report.violations).toEqual([]);
  expect(report.undelivered).toEqual([]);
  expect(report.deliveries['discord']?.refused).toBeGreaterThan(100);

  const discord = shownIn(report, 'discord');
  const during = discord.filter(({ at }) => at > `${from}:00-05:00` && at < `${to}:00-05:00`);
  expect(during).toEqual([]);
  // Ninety seconds is how long SQS holds back what was refused.
  const said = report.notices.filter(({ at }) => at > `${from}:00-05:00` && at < `${to}:00-05:00`);
  expect(said.length).toBeGreaterThan(4);
  const late = discord.filter(({ at }) => at >= `${to}:00-05:00` && minutesBetween(`${to}:00-05:00`, at) < 4);
  expect(late.length).toBeGreaterThan(2);

  // What a run says last is what is read last.
  const titles = discord.map(({ title }) => title);
  for (const started of titles.filter((title) => / started$/.test(title))) {
    const ended = titles.indexOf(started.replace(/ started$/, ' succeeded'));
    if (ended >= 0) expect(titles.indexOf(started)).toBeLessThan(ended);
  }

  const carried = shownIn(report, 'mail').filter(({ title }) => title.includes('disk-full'));
  expect(minutesBetween('2026-11-10T05:00:00-05:00', carried[0]?.at ?? '')).toBeLessThan(2);
});

test('10,000 alarms in five minutes - Discord gets no more than it takes, and none is forgotten', async () => {
  const storm = { at: '2026-11-02T10:00', name: 'cpu', count: 10_000, over: '5m', distinct: 500, state: 'ALARM' };
  const report = await act({ alarms: [storm] }, { from: '2026-11-02', days: 1 });
  expect(report.violations).toEqual([]);
  expect(report.undelivered).toEqual([]);
  const discord = shownIn(report, 'discord').filter(({ at }) => at > '2026-11-02T10:00' && at < '2026-11-02T11:00');
  for (const { at } of discord) {
    const minute = discord.filter((other) => other.at >= at && minutesBetween(at, other.at) < 1);
    expect(minute.length).toBeLessThanOrEqual(30);
  }
  // Five minutes of the storm and one after it.
  expect(discord.length).toBeLessThanOrEqual(6 * 30);
  expect(discord.some(({ title }) => /[\d,]{5,} more notices/.test(title))).toBe(true);
});
