import { expect, test } from '@jest/globals';
import { checkRestart } from '../../../functions/check-restart/handler.ts';
import type { Invocation } from '../../../shared/aws/commands.ts';
import { BEGUN, SERVER } from '../../shared/recovery/recoveries.ts';

const asked = { commandId: 'one', instanceId: SERVER, since: BEGUN, withinSeconds: 180 };
const check = (invocation: Partial<Invocation>, seconds = 30) =>
  checkRestart(asked, {
    commandInvocation: async () => ({ status: 'Success', details: 'Success', exitCode: 0, ...invocation }),
    now: () => Date.parse(BEGUN) + seconds * 1000,
  });
const line = (result: string, disk = '41', logs = 'none') =>
  `restarting\n::recovery step=restart result=${result} seconds=12 disk=${disk} logs=${logs}\n`;

test.each(['recovered', 'down', 'failed', 'busy', 'interrupted'])(
  '%s - whether it answers is seen from outside',
  async (result) => {
    const status = result === 'recovered' ? 'Success' : 'Failed';
    expect(await check({ status, output: line(result) })).toEqual({ result, isWorthAsking: true, disk: 41 });
  },
);

test.each(['healthy', 'absent', 'unavailable', 'invalid'])('%s - a restart is not what helps', async (result) => {
  expect(await check({ output: line(result) })).toMatchObject({ result, isWorthAsking: false });
});

test('where the logs are, and how full the disk is - handed on', async () => {
  expect(await check({ output: line('recovered', '97', 's3://example-logs/web/x') })).toMatchObject({
    disk: 97,
    logs: 's3://example-logs/web/x',
  });
});

test('an agent that does not answer, an output without its line - silent, and no success', async () => {
  expect(await check({ status: 'TimedOut', details: 'DeliveryTimedOut' })).toEqual({
    result: 'silent (DeliveryTimedOut)',
    isWorthAsking: false,
  });
  expect(await check({ output: 'cut off' })).toMatchObject({ result: 'silent (Success)', isWorthAsking: false });
});

test('under way - asked again until its time is over, then it is silent', async () => {
  const running = { status: 'InProgress', details: 'InProgress', output: line('recovered') };
  await expect(check(running, 179)).rejects.toMatchObject({ name: 'CommandInProgress' });
  expect(await check(running, 180)).toEqual({ result: 'silent (InProgress)', isWorthAsking: false });
});
