import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { dueAt, endOfHours } from '../../rehearsal/laws/due.ts';
import { Laws } from '../../rehearsal/laws.ts';
import { executing } from '../../rehearsal/world.ts';
import type { EnvironmentWorkload, Hours } from '../../shared/stage/compiled.ts';
import { plannedBetween } from '../../shared/time/planned.ts';
import { MONDAY, STAGE, StackWorld } from './world.ts';

// What the laws notice of environments, each broken on purpose, without the machines in between.

const HOUR = 3_600_000;
let aws: StackWorld;
let laws: Laws;
beforeEach(() => open());
afterEach(() => aws.end());

function open(scenario: object = {}): void {
  aws?.end();
  aws = new StackWorld(scenario);
  laws = new Laws(aws.world.journal, STAGE, () => []);
}

const broken = () => laws.violations.map(({ law, text }) => `${law}: ${text}`);
/** Something happens, so that the laws look. */
const look = () => aws.world.journal.write({ what: 'log', source: 'test', text: 'nothing' });
const say = (act: string, until?: number, workload?: string) =>
  aws.world.journal.write({ what: 'person', act, workload, ...(until !== undefined && { until }) });
const tell = () =>
  aws.world.journal.write({
    what: 'notice',
    notice: { id: '1', at: '', stage: 'test', workload: 'app', severity: 'critical', title: '', lines: [] },
  });
/** Does something as an execution that begins now. */
const as = <T>(arn: string, work: () => Promise<T>): Promise<T> => {
  aws.world.journal.write({ what: 'execution', arn, status: 'RUNNING', input: { workload: 'app' } });
  return executing.run(arn, work);
};

describe('law 1 - what a machine created is gone after its hours', () => {
  /** Created at 09:00 on Monday: to be gone by 19:30. */
  const created = async () => {
    await aws.pass(9 * 60);
    await aws.create();
  };

  test('it is not - broken once the time for deleting it is over, and not before', async () => {
    await created();
    await aws.pass(10.5 * 60);
    look();
    expect(broken()).toEqual([]);
    await aws.pass(1);
    look();
    expect(broken()).toEqual([expect.stringMatching(/^1: App, started by app, is on after its deadline/)]);
  });

  test('it is not, and people are told again and again - held, until they are no longer', async () => {
    await created();
    await aws.pass(10 * 60);
    tell();
    await aws.pass(70);
    tell();
    await aws.pass(74);
    look();
    expect(broken()).toEqual([]);
    await aws.pass(2);
    look();
    expect(broken()).toHaveLength(1);
  });

  test('it is - held', async () => {
    await created();
    await aws.pass(9 * 60);
    await aws.call('DeleteStack');
    await aws.pass(24 * 60);
    look();
    expect(broken()).toEqual(['4: the data of Cache in App is lost']);
  });

  test.each([
    ['until 22:00 - to be gone by 23:30', 22, 23.5],
    ['until the next noon - to be gone after the hours of that day', 24 + 12, 24 + 19.5],
  ])('kept %s', async (_, until, gone) => {
    await created();
    say('keep', MONDAY + until * HOUR, 'app');
    await aws.pass((gone - 9) * 60);
    look();
    expect(broken()).toEqual([]);
    await aws.pass(2);
    look();
    expect(broken()).toHaveLength(1);
  });

  test('kept, and let go outside of its hours - to be gone an hour and a half later', async () => {
    await created();
    say('keep', MONDAY + 48 * HOUR, 'app');
    await aws.pass(11 * 60);
    say('resume', undefined, 'app');
    await aws.pass(89);
    look();
    expect(broken()).toEqual([]);
    await aws.pass(2);
    look();
    expect(broken()).toHaveLength(1);
  });

  test('somebody else created it - nobody’s duty', async () => {
    open({ stacks: { app: { state: 'CREATE_COMPLETE' } } });
    await aws.pass(48 * 60);
    look();
    expect(broken()).toEqual([]);
  });
});

describe('law 2 - one at a time', () => {
  test('a stack is deleted while it is created', async () => {
    await aws.create();
    await aws.pass(2);
    await aws.call('DeleteStack');
    expect(broken()).toEqual([expect.stringMatching(/^2: App was deleted by a test while it was CREATE_IN_PROGRESS/)]);
  });

  test('an execution works on it while another one does - broken; after it - held', async () => {
    await as('one', () => aws.create());
    await aws.pass(15);
    const update = { Parameters: [{ ParameterKey: 'Tag', ParameterValue: 'v2' }] };
    await as('two', () => aws.call('UpdateStack', update));
    expect(broken()).toEqual(['2: a test called UpdateStack while one is at work on app']);
    aws.world.journal.write({ what: 'execution', arn: 'two', status: 'SUCCEEDED' });
    await aws.pass(15);
    await as('three', () => aws.call('DeleteStack'));
    expect(broken()).toHaveLength(1);
  });
});

describe('laws 4 and 5 - only the stacks that the stage file names, and no data', () => {
  test('another stack is deleted', async () => {
    await aws.call('DeleteStack', { StackName: 'Production' });
    expect(broken().map((text) => text.slice(0, 1))).toEqual(['4', '5']);
  });

  test('another stack is created', async () => {
    await aws.create({ StackName: 'Another' });
    expect(broken()).toEqual(['5: a test called CreateStack on Another, which the stage file does not name']);
  });

  test('data that nobody gave up - is said, with its path', async () => {
    open({ stacks: { app: { state: 'CREATE_COMPLETE' } } });
    await aws.call('DeleteStack');
    await aws.pass(15);
    expect(broken()).toEqual(['4: the data of Cache in App is lost']);
  });
});

describe('law 6 - nothing starts while people are against it', () => {
  test.each([
    ['paused', 'pause', undefined],
    ['skipped until midnight', 'skip', undefined],
    ['stopped until then', 'stop', MONDAY + 20 * HOUR],
  ])('%s - a run that begins after it is noticed, one from before may go on', async (_, act, until) => {
    await aws.pass(60);
    aws.world.journal.write({ what: 'execution', arn: 'before', status: 'RUNNING' });
    say(act, until, 'app');
    await aws.pass(1);
    await executing.run('before', () => aws.create());
    expect(broken()).toEqual([]);
    await aws.pass(30);
    aws.world.journal.write({ what: 'execution', arn: 'before', status: 'SUCCEEDED' });
    await as('after', () => aws.call('UpdateStack', { Parameters: [{ ParameterKey: 'Tag', ParameterValue: 'v2' }] }));
    expect(broken()).toEqual(['6: app was started while it is paused']);
  });

  test('the word is over, or taken back - held', async () => {
    say('skip', MONDAY + HOUR);
    say('pause', undefined, 'app');
    await aws.pass(61);
    say('resume', undefined, 'app');
    await as('one', () => aws.create());
    expect(broken()).toEqual([]);
  });
});

describe('when the hours end - as the schedules have it', () => {
  const days: [string, Hours[], string][] = [
    ['weekdays', [{ days: 'weekdays', from: '09:00', to: '18:00' }], 'Asia/Seoul'],
    ['over midnight', [{ days: ['mon', 'thu'], from: '20:00', to: '02:30' }], 'Europe/Berlin'],
    [
      'by days, through a change of the clocks',
      [
        { days: ['sat', 'sun'], from: '05:00', to: '12:00' },
        { days: 'weekdays', from: '22:00', to: '04:00' },
      ],
      'Europe/Berlin',
    ],
  ];

  test.each(days)('%s', (_, hours, timezone) => {
    const workload = { ...STAGE.workloads['app'], hours, timezone } as EnvironmentWorkload;
    const calendar = { closed: { '2026-10-29': 'a holiday' }, open: [], until: '2027-12-31' };
    const from = Date.parse('2026-10-19T00:00:00Z');
    const planned = plannedBetween(workload, calendar, from, from + 30 * 24 * HOUR);
    let within = 0;
    for (let instant = from; instant < from + 20 * 24 * HOUR; instant += HOUR / 2) {
      const next = planned.find(({ act, at }) => act === 'stop' && at > instant)?.at;
      if (endOfHours(workload, calendar, instant) !== undefined) within++;
      expect(new Date(dueAt(workload, calendar, instant))).toEqual(new Date(next ?? 0));
    }
    expect(within).toBeGreaterThan(50);
  });
});
