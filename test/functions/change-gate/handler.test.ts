import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Input } from '../../../functions/change-gate/contract.ts';
import { changeGate } from '../../../functions/change-gate/handler.ts';
import type { Override } from '../../../shared/state/gate.ts';
import { aStage, aWorkload } from '../../shared/builders.ts';

function gate() {
  const did: unknown[] = [];
  const effects = {
    stage: () => aStage({ workloads: { nightly: aWorkload(), weekly: aWorkload() } }),
    holdBack: async (workload: string | undefined, { act, by, why, until }: Override) => {
      did.push(['hold back', workload, act, by, why, until]);
    },
    letGo: async (workload: string | undefined) => {
      did.push(['let go', workload]);
    },
    closeBreaker: async (workload: string) => {
      did.push(['close', workload]);
    },
  };
  return { did, effects };
}

const asked = (act: Input['act'], rest: Partial<Input> = {}): Input => ({ act, by: 'ana', why: 'moving', ...rest });
const UNTIL = '2026-11-03T09:00:00+09:00';

beforeEach(() => {
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('changeGate', () => {
  test('pause without an end - held back until somebody resumes', async () => {
    const { did, effects } = gate();
    expect(await changeGate(asked('pause', { workload: 'nightly' }), effects)).toEqual({ said: 'pause nightly' });
    expect(did).toEqual([['hold back', 'nightly', 'pause', 'ana', 'moving', undefined]]);
  });

  test('skip until a time - held back until then', async () => {
    const { did, effects } = gate();
    const skip = asked('skip', { workload: 'nightly', until: UNTIL });
    expect(await changeGate(skip, effects)).toEqual({ said: `skip nightly until ${UNTIL}` });
    expect(did).toEqual([['hold back', 'nightly', 'skip', 'ana', 'moving', UNTIL]]);
  });

  test('pause without a workload - the whole stage', async () => {
    const { did, effects } = gate();
    expect(await changeGate(asked('pause'), effects)).toEqual({ said: 'pause the stage' });
    expect(did).toEqual([['hold back', undefined, 'pause', 'ana', 'moving', undefined]]);
  });

  test('resume a workload - let go, and its breaker alone is closed', async () => {
    const { did, effects } = gate();
    await changeGate(asked('resume', { workload: 'nightly' }), effects);
    expect(did).toEqual([
      ['let go', 'nightly'],
      ['close', 'nightly'],
    ]);
  });

  test('resume the stage - every breaker is closed', async () => {
    const { did, effects } = gate();
    await changeGate(asked('resume'), effects);
    expect(did).toEqual([
      ['let go', undefined],
      ['close', 'nightly'],
      ['close', 'weekly'],
    ]);
  });

  test.each<[string, Input, string, string]>([
    ['a workload that does not exist', asked('pause', { workload: 'nightlly' }), 'UnknownWorkload', 'nightlly'],
    ['an end that is no time', asked('pause', { until: 'tomorrow' }), 'InvalidInput', '"tomorrow" is not an ISO 8601'],
    ['skip without an end', asked('skip', { workload: 'nightly' }), 'InvalidInput', 'skip needs the time'],
  ])('%s - refused by name, and nothing is changed', async (_, event, name, message) => {
    const { did, effects } = gate();
    await expect(changeGate(event, effects)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect(did).toEqual([]);
  });

  test('whatever a person does - who and why are in the log', async () => {
    await changeGate(asked('pause', { workload: 'nightly' }), gate().effects);
    expect(jest.mocked(console.info).mock.calls.join()).toContain('"by":"ana","why":"moving"');
  });
});
