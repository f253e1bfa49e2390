import { describe, expect, test } from '@jest/globals';
import { recordHeartbeat } from '../../../functions/record-heartbeat/handler.ts';
import { aStage } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

const NOW = Date.parse('2026-11-02T00:00:30Z');

function world() {
  const heard: [string, number][] = [];
  const checks = [{ kind: 'heartbeat' as const, name: 'heartbeat', everySeconds: 300 }];
  const effects = {
    stage: () => aStage({ services: { web: aService(), server: aService({ checks }) } }),
    putHeartbeat: async (...of: [string, number]) => {
      heard.push(of);
    },
    now: () => NOW,
  };
  return { heard, effects };
}

describe('recordHeartbeat', () => {
  test('a service that waits for it - remembered, with when', async () => {
    const { heard, effects } = world();
    expect(await recordHeartbeat({ service: 'server' }, effects)).toEqual({
      service: 'server',
      at: '2026-11-02T00:00:30.000Z',
    });
    expect(heard).toEqual([['server', NOW]]);
  });

  test.each(['web', 'nightly', 'toString', 'other'])('%s - InvalidInput, with those that do', async (service) => {
    const { heard, effects } = world();
    await expect(recordHeartbeat({ service }, effects)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: `service: nothing waits for heartbeats of ${service}; it does for: server`,
    });
    expect(heard).toEqual([]);
  });
});
