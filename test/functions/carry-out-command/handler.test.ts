import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { incidentOf } from '../../../shared/discord/buttons.ts';
import type { Order } from '../../../shared/discord/order.ts';
import { aServiceStatus, aStatus } from '../../plugin/ops/context.ts';
import { aRun } from '../../shared/builders.ts';
import { aCommandedStage, INTERACTION } from '../../shared/discord/interactions.ts';
import { discord, nameFunctions, refusal } from './world.ts';

beforeEach(() => {
  nameFunctions();
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const running = { key: '2026-11-02T09:00', by: 'schedule', status: 'running' };
const BUSY = { status: aStatus({ nightly: { now: 'on', running } }) };
const CALM = { status: aStatus({ nightly: {} }), override: { said: 'done' } };
const by = 'kim (Discord)';
const order = (act: Order['act'], more: Partial<Order> = {}): { what: 'order'; order: Order } => ({
  what: 'order',
  order: { act, workload: 'nightly', why: 'a test', by, ...more },
});

describe('an order', () => {
  test('one that stops nothing - done at once, and said to the channel, mentioning nobody', async () => {
    const { carryOut, invoked, texts, said } = discord(CALM);
    expect(await carryOut(order('skip', { until: '22:00' }))).toEqual({ done: true });
    expect(invoked).toEqual([
      ['status', { workload: 'nightly' }],
      ['override', { act: 'skip', workload: 'nightly', why: 'a test', by, until: '22:00' }],
    ]);
    expect(texts()).toEqual(['instead: Done.', 'more: **skip nightly until 22:00**\nkim (Discord): a test']);
    expect(said.map(({ message }) => message.allowed_mentions)).toEqual([{ parse: [] }, { parse: [] }]);
  });

  test('one that stops something - nothing is done but to ask back in front of all, with what it would do', async () => {
    const { carryOut, invoked, texts, said, asked } = discord(BUSY);
    await carryOut(order('stop'));
    expect(invoked).toEqual([['status', { workload: 'nightly' }]]);
    expect(asked).toEqual([[INTERACTION, order('stop').order]]);
    expect(texts()[1]).toBe(
      'more: **stop nightly?**\nkim (Discord): a test\n- nightly: the run of 2026-11-02T09:00 is cut off, and its instance is stopped',
    );
    expect(said[1]?.message.components?.[0]?.components).toMatchObject([
      { label: 'Yes', custom_id: `confirm/stop/${INTERACTION}`, style: 4 },
      { label: 'No', custom_id: `cancel/stop/${INTERACTION}`, style: 2 },
    ]);
  });

  test('an extension - its buttons are for who may extend', async () => {
    const kept = { act: 'keep' as const, by: 'ana', why: 'a demo', at: '' };
    const { carryOut, said } = discord({ status: aStatus({ nightly: { now: 'on', words: [kept] } }) });
    await carryOut(order('resume'));
    expect(said[1]?.message.components?.[0]?.components[0]?.custom_id).toBe(`confirm/resume/${INTERACTION}`);
  });

  test('of the whole stage - all of it is looked at', async () => {
    const { carryOut, invoked } = discord(CALM);
    const { workload: _, ...word } = order('pause').order;
    await carryOut({ what: 'order', order: word });
    expect(invoked).toEqual([
      ['status', {}],
      ['override', word],
    ]);
  });

  test('refused - said to who asked alone', async () => {
    const { carryOut, texts } = discord({ ...CALM, override: refusal('until: 22:00 has passed') });
    await carryOut(order('skip', { until: '22:00' }));
    expect(texts()).toEqual(['instead: Not done. until: 22:00 has passed']);
    expect(console.error).not.toHaveBeenCalled();
  });

  test('how things are cannot be asked - nothing is done, said with the name of what is wrong, and logged', async () => {
    const { carryOut, invoked, texts } = discord({ status: refusal('no', 'ProvisionedThroughputExceededException') });
    await carryOut(order('stop'));
    expect(texts()).toEqual(['instead: Not done. ProvisionedThroughputExceededException: no']);
    expect(invoked).toHaveLength(1);
    expect(jest.mocked(console.error).mock.calls.join()).toContain('ProvisionedThroughputExceededException');
  });

  test('in Korean - asked in Korean', async () => {
    const stage = aCommandedStage({ notify: { language: 'ko' } });
    const { carryOut, texts } = discord(BUSY, { stage });
    await carryOut(order('stop'));
    expect(texts()[1]).toBe(
      'more: **nightly 중지: 진행할까요?**\nkim (Discord) 님: a test\n- nightly: 2026-11-02T09:00 실행을 끊고 인스턴스를 중지합니다',
    );
  });

  test('a stage of sixty workloads - the question fits a message', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a-workload-of-${n}`, { running }]));
    const { carryOut, said } = discord({ status: aStatus(many) });
    await carryOut(order('pause'));
    expect(said[1]?.message.content?.length).toBeLessThanOrEqual(2000);
  });

  test('delivered twice - done once', async () => {
    const { carryOut, invoked } = discord(CALM);
    await carryOut(order('skip'));
    expect(await carryOut(order('skip'))).toEqual({ done: false });
    expect(invoked).toHaveLength(2);
  });

  test('done before Discord knows that somebody is thinking - said a little later', async () => {
    const { carryOut, texts, waited } = discord(CALM, { late: 2 });
    await carryOut(order('skip'));
    expect([waited, texts()[0]]).toEqual([[500, 1500], 'instead: Done.']);
  });

  test('Discord does not take the answer - the failure is seen, without the token', async () => {
    const { carryOut } = discord(CALM, { late: 3 });
    await expect(carryOut(order('skip'))).rejects.toThrow(/^(?!.*secret-token).*404/);
  });
});

describe('an order that was confirmed', () => {
  test('done without another question - its message says so, and has no button', async () => {
    const { carryOut, invoked, said } = discord(BUSY);
    await carryOut({ what: 'confirmed', order: order('stop').order });
    expect(invoked).toEqual([['override', order('stop').order]]);
    expect(said).toMatchObject([
      { how: 'instead', message: { content: '**stop nightly**\nkim (Discord): a test', components: [] } },
    ]);
  });

  test('refused - all who saw the question see why', async () => {
    const { carryOut, texts } = discord({ override: refusal('ana said start in the same moment', 'ContraryOrder') });
    await carryOut({ what: 'confirmed', order: order('stop').order });
    expect(texts()).toEqual(['instead: Not done: stop nightly. ana said start in the same moment']);
  });
});

describe('a look', () => {
  test('at the runs - a line each, for who asked alone', async () => {
    const runs = [
      aRun({
        status: 'failed',
        reason: 'JobFailed: exit code 3',
        startedAt: '2026-11-01T17:00:10Z',
        endedAt: '2026-11-01T17:12:10Z',
      }),
      aRun({ key: '2026-11-01T02:00', status: 'skipped', reason: 'a holiday' }),
    ];
    const { carryOut, said, invoked } = discord({ runs: { runs } });
    await carryOut({ what: 'runs', workload: 'nightly', limit: 5 });
    expect(invoked).toEqual([['runs', { workload: 'nightly', limit: 5 }]]);
    expect(said.map(({ how }) => how)).toEqual(['instead']);
    expect(said[0]?.message.embeds).toMatchObject([
      {
        title: 'Runs of nightly',
        description:
          '🔴 **2026-11-02 02:00** · failed · 12 min · by schedule · JobFailed: exit code 3\n⚪ **2026-11-01 02:00** · skipped · by schedule · a holiday',
      },
    ]);
  });

  test('at how everything is - what is on and off, what people said, what is wrong', async () => {
    const status = aStatus(
      { nightly: { words: [{ act: 'skip', by: 'ana', why: 'a demo', at: '', until: '2026-11-03T00:00:00+09:00' }] } },
      {
        services: { web: aServiceStatus({ now: 'down', since: '2026-11-02T09:58:00+09:00' }) },
        incidents: [
          { workload: 'notices', severity: 'critical', title: 'a storm', since: '2026-11-02T09:00:00+09:00', count: 1 },
        ],
        spending: { today: { usd: 3.5, asOf: '', unknown: [] }, limits: { daily: 20 } },
      },
    );
    const { carryOut, said } = discord({ status });
    await carryOut({ what: 'status' });
    expect(said[0]?.message.embeds?.[0]?.description.split('\n')).toEqual([
      '⚠️ a storm since <t:1793577600:f>',
      '⚪ **nightly** off · starts <t:1793638800:f>',
      '  ⚠️ skipped until <t:1793631600:f> by ana: a demo',
      '🔴 **web** down · since <t:1793581080:f> · 100.00 % up in 30 days',
      'today $3.50 of $20.00, estimated',
    ]);
  });

  test('at more than a message holds - whole lines, and how many are left out', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`a-workload-of-${n}`, {}]));
    const { carryOut, said } = discord({ status: aStatus(many) });
    await carryOut({ what: 'status' });
    const { description = '' } = said[0]?.message.embeds?.[0] ?? {};
    expect(description.length).toBeLessThanOrEqual(4096);
    const lines = description.split('\n');
    expect(lines.at(-1)).toBe(`… and ${100 - lines.length + 1} more`);
    expect(lines.at(-2)).toMatch(/:f>$/);
  });

  test('refused - said to who asked', async () => {
    const { carryOut, texts } = discord({ runs: refusal('stage dev has no workload "x"', 'UnknownWorkload') });
    await carryOut({ what: 'runs', workload: 'x', limit: 5 });
    expect(texts()).toEqual(['instead: Not done. stage dev has no workload "x"']);
  });
});

describe('a button on a notice', () => {
  const incident = { severity: 'critical', title: 'x', since: '', count: 1 };
  const incidents = {
    incidents: [
      { workload: 'nightly', ...incident },
      { workload: 'nightly', cause: 'runs', ...incident },
    ],
  };

  test('acknowledge - the incident that is meant; its notice says the rest', async () => {
    const { carryOut, invoked, said } = discord({ incidents });
    await carryOut({ what: 'acknowledge', workload: 'nightly', incident: incidentOf('runs') });
    expect(invoked).toEqual([
      ['incidents', { workload: 'nightly' }],
      ['acknowledge', { workload: 'nightly', cause: 'runs', by }],
    ]);
    expect(said).toEqual([]);
  });

  test('acknowledge what is over - said to who pressed alone, and nothing else is acknowledged', async () => {
    const { carryOut, invoked, texts } = discord({ incidents });
    await carryOut({ what: 'acknowledge', workload: 'nightly', incident: incidentOf('disk') });
    expect(invoked).toHaveLength(1);
    expect(texts()).toEqual(['more alone: Not done. This incident is over.']);
  });

  test('approve - the step that the notice asked for, of its run; all see by whom', async () => {
    const { carryOut, invoked, texts } = discord({ recovery: { said: 'stop-start of web is approved' } });
    await carryOut({ what: 'approve', workload: 'web', run: '2026-11-02T09:02', rung: 'stop-start' });
    const word = { act: 'approve', workload: 'web', run: '2026-11-02T09:02', rung: 'stop-start', by };
    expect(invoked).toEqual([['recovery', word]]);
    expect(texts()).toEqual(['more: stop-start of web is approved, by kim (Discord)']);
  });

  test('approve what does not wait any more - said to who pressed alone', async () => {
    const { carryOut, texts } = discord({ recovery: refusal('workload: nothing of web waits to be approved') });
    await carryOut({ what: 'approve', workload: 'web', run: '2026-11-02T09:02', rung: 'stop-start' });
    expect(texts()).toEqual(['more alone: Not done. workload: nothing of web waits to be approved']);
  });
});
