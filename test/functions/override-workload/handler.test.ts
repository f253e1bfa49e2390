import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Input } from '../../../functions/override-workload/contract.ts';
import { overrideWorkload } from '../../../functions/override-workload/handler.ts';
import type { Machine } from '../../../shared/aws/executions.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Order } from '../../../shared/state/orders.ts';
import type { Override } from '../../../shared/state/overrides.ts';
import type { Run } from '../../../shared/state/runs.ts';
import { anEnvironment, aQueue, aRun, aStage, aWorkload, EXECUTION } from '../../shared/builders.ts';
import { aService } from '../../shared/watch/services.ts';

/** Monday afternoon in Seoul, within the hours of `chat-app`, and the evening after them. */
const AFTERNOON = '2026-11-02T14:00:00+09:00';
const EVENING = '2026-11-02T20:00:00+09:00';
const TONIGHT = '2026-11-02T22:00:00+09:00';
const MIDNIGHT = '2026-11-03T00:00:00+09:00';

interface World {
  at?: string;
  newest?: Partial<Run>;
  /** Who said something contrary in the same moment. */
  other?: Order;
  /** An emergency stop that begins in the same moment. */
  emergency?: Override;
}

/** What is done, and in what order. */
function world({ at = AFTERNOON, newest, other, emergency }: World = {}) {
  const orders: [string | undefined, Order][] = [];
  const said: Notice[] = [];
  const did: unknown[] = [];
  const workloads = { nightly: aWorkload(), 'chat-app': anEnvironment() };
  const effects = {
    stage: () => aStage({ workloads }),
    putOverride: async (workload: string | undefined, { act, by, why, at: when, until }: Override) => {
      expect(when).toBe(new Date(at).toISOString());
      did.push(['put', workload, act, by, why, until]);
    },
    letGo: async (workload: string | undefined) => {
      did.push(['let go', workload]);
      return emergency;
    },
    seenAt: async () => undefined,
    takeOrder: async (workload: string | undefined, order: Order) => {
      orders.push([workload, order]);
      return other ? { isTaken: order.act === 'emergency-stop', other } : { isTaken: true };
    },
    endKeep: async (workload: string | undefined, now?: number) => {
      expect(now).toBe(Date.parse(at));
      did.push(['end keep', workload]);
    },
    closeBreaker: async (workload: string) => {
      did.push(['close', workload]);
    },
    openBudgetGate: async (workload: string | undefined, by: string) => {
      did.push(['let spend', workload, by]);
    },
    endEmergency: async (by: string) => {
      did.push(['end emergency', by]);
    },
    newestRuns: async (workload: string, limit?: number) => {
      expect(limit).toBe(1);
      return newest ? [aRun({ workload, ...newest })] : [];
    },
    publish: async (notice: Notice) => {
      said.push(notice);
      did.push(['say', notice.cause, notice.state]);
    },
    startEmergencyStop: async (word: { by: string; why: string }, now: number) => {
      did.push(['emergency', now, word]);
    },
    startExecution: async (act: Machine, name: string, input: object) => {
      did.push([act, name, input]);
      return true;
    },
    startPipeline: async (workload: string, name: string, input: object) => {
      did.push([workload, name, input]);
      return true;
    },
    getRun: async () => undefined,
    runsBetween: async () => [],
    stopExecution: async (arn: string, cause: string) => {
      did.push(['cut off', arn, cause]);
    },
    now: () => Date.parse(at),
  };
  return { did, orders, said, effects };
}

const asked = (act: Input['act'], rest: Partial<Input> = {}): Input => ({ act, by: 'ana', why: 'moving', ...rest });
const seconds = (at: string) => Date.parse(at) / 1000;

beforeEach(() => {
  jest.spyOn(console, 'info').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('overrideWorkload, words that are remembered', () => {
  test.each<[string, Input, unknown[], string]>([
    [
      'pause a batch without an end',
      asked('pause', { workload: 'nightly' }),
      ['nightly', 'pause', undefined],
      'pause nightly',
    ],
    ['pause the stage', asked('pause'), [undefined, 'pause', undefined], 'pause the stage'],
    [
      'pause an environment until a local time',
      asked('pause', { workload: 'chat-app', until: '2026-11-09T08:00' }),
      ['chat-app', 'pause', '2026-11-09T08:00:00+09:00'],
      'pause chat-app until 2026-11-09T08:00:00+09:00',
    ],
    [
      'skip a batch until a time in another offset',
      asked('skip', { workload: 'nightly', until: '2026-11-03T00:00:00Z' }),
      ['nightly', 'skip', '2026-11-03T09:00:00+09:00'],
      'skip nightly until 2026-11-03T09:00:00+09:00',
    ],
    [
      'skip an environment without an end: today',
      asked('skip', { workload: 'chat-app' }),
      ['chat-app', 'skip', MIDNIGHT],
      `skip chat-app until ${MIDNIGHT}`,
    ],
    ['skip the stage: today', asked('skip'), [undefined, 'skip', MIDNIGHT], `skip the stage until ${MIDNIGHT}`],
    [
      'keep a batch',
      asked('keep', { workload: 'nightly', until: '22:00' }),
      ['nightly', 'keep', TONIGHT],
      `keep nightly until ${TONIGHT}`,
    ],
    [
      'keep an environment',
      asked('keep', { workload: 'chat-app', until: '22:00' }),
      ['chat-app', 'keep', TONIGHT],
      `keep chat-app until ${TONIGHT}`,
    ],
    [
      'keep the stage',
      asked('keep', { until: '22:00' }),
      [undefined, 'keep', TONIGHT],
      `keep the stage until ${TONIGHT}`,
    ],
  ])(
    '%s - remembered with who, why and until, and nothing else is done',
    async (_, event, [workload, act, until], said) => {
      const { did, effects } = world();
      expect(await overrideWorkload(event, effects)).toEqual({ said });
      expect(did).toEqual([['put', workload, act, 'ana', 'moving', until]]);
    },
  );
});

describe('overrideWorkload, of what is watched', () => {
  const watched = () => {
    const { did, effects } = world();
    const service = aService({ timezone: 'Europe/Berlin' });
    return { did, effects: { ...effects, stage: () => aStage({ workloads: {}, services: { web: service } }) } };
  };

  test('pause, skip and resume - in its own zone', async () => {
    const { did, effects } = watched();
    await overrideWorkload(asked('pause', { workload: 'web', until: '22:00' }), effects);
    await overrideWorkload(asked('resume', { workload: 'web' }), effects);
    expect(did[0]).toEqual(['put', 'web', 'pause', 'ana', 'moving', '2026-11-02T22:00:00+01:00']);
    expect(did).toContainEqual(['let go', 'web']);
  });

  test.each(['start', 'stop', 'keep'] as const)('%s - refused: it is not run', async (act) => {
    const { did, effects } = watched();
    await expect(overrideWorkload(asked(act, { workload: 'web', until: '22:00' }), effects)).rejects.toThrow(
      /web is watched, not run: pause, skip and resume/,
    );
    expect(did).toEqual([]);
  });
});

describe('overrideWorkload, of a queue', () => {
  const queued = () => {
    const { did, effects } = world();
    const queues = { crawl: aQueue({ timezone: 'Europe/Berlin' }) };
    return { did, effects: { ...effects, stage: () => aStage({ workloads: {}, queues }) } };
  };

  test('pause, keep and resume - in its own zone, for whoever tends it', async () => {
    const { did, effects } = queued();
    await overrideWorkload(asked('pause', { workload: 'crawl', until: '22:00' }), effects);
    await overrideWorkload(asked('keep', { workload: 'crawl', until: '23:00' }), effects);
    await overrideWorkload(asked('resume', { workload: 'crawl' }), effects);
    expect(did.slice(0, 2)).toEqual([
      ['put', 'crawl', 'pause', 'ana', 'moving', '2026-11-02T22:00:00+01:00'],
      ['put', 'crawl', 'keep', 'ana', 'moving', '2026-11-02T23:00:00+01:00'],
    ]);
    expect(did).toContainEqual(['let go', 'crawl']);
  });

  test.each(['start', 'stop'] as const)('%s - refused: workers follow the queue', async (act) => {
    const { did, effects } = queued();
    await expect(overrideWorkload(asked(act, { workload: 'crawl', until: '22:00' }), effects)).rejects.toThrow(
      /the workers of crawl follow its queue/,
    );
    expect(did).toEqual([]);
  });
});

describe('overrideWorkload, start', () => {
  test('a batch - its machine, by this person, with the parameters', async () => {
    const { did, effects } = world();
    await overrideWorkload(asked('start', { workload: 'nightly', parameters: { risk: 'high' } }), effects);
    expect(did).toEqual([
      ['run', `nightly-start-${seconds(AFTERNOON)}`, { workload: 'nightly', by: 'ana', parameters: { risk: 'high' } }],
    ]);
  });

  test('a batch until a time - kept, then run', async () => {
    const { did, effects } = world();
    await overrideWorkload(asked('start', { workload: 'nightly', until: '22:00' }), effects);
    expect(did).toEqual([
      ['put', 'nightly', 'keep', 'ana', 'moving', TONIGHT],
      ['run', `nightly-start-${seconds(AFTERNOON)}`, { workload: 'nightly', by: 'ana' }],
    ]);
  });

  test('an environment within its hours - needs no end: its stop comes by the schedule', async () => {
    const { did, effects } = world();
    await overrideWorkload(asked('start', { workload: 'chat-app' }), effects);
    expect(did).toEqual([['start', `chat-app-start-${seconds(AFTERNOON)}`, { workload: 'chat-app', by: 'ana' }]]);
  });

  test('an environment outside its hours with an end - kept before it starts', async () => {
    const { did, effects } = world({ at: EVENING });
    await overrideWorkload(asked('start', { workload: 'chat-app', until: '22:00' }), effects);
    expect(did).toEqual([
      ['put', 'chat-app', 'keep', 'ana', 'moving', TONIGHT],
      ['start', `chat-app-start-${seconds(EVENING)}`, { workload: 'chat-app', by: 'ana' }],
    ]);
  });

  test.each([
    ['in the evening', EVENING],
    ['on a Sunday', '2026-11-01T12:00:00+09:00'],
  ])('an environment %s without an end - refused, and nothing is done', async (_, at) => {
    const { did, effects } = world({ at });
    await expect(overrideWorkload(asked('start', { workload: 'chat-app' }), effects)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('chat-app is outside its hours: say until when'),
    });
    expect(did).toEqual([]);
  });

  test('sent twice in a second - one name, so one execution', async () => {
    const names = ['.000', '.900'].map(async (fraction) => {
      const { did, effects } = world({ at: AFTERNOON.replace('+', `${fraction}+`) });
      await overrideWorkload(asked('start', { workload: 'chat-app' }), effects);
      return (did[0] as string[])[1];
    });
    const [one, two] = await Promise.all(names);
    expect(one).toBe(two);
  });

  test('the longest name - an execution name that Step Functions takes', () => {
    expect(`${'a'.repeat(24)}-start-${seconds(AFTERNOON)}`).toMatch(/^[\w-]{1,80}$/);
  });
});

describe('overrideWorkload, stop', () => {
  test('an environment - whatever keeps it is over, then its machine', async () => {
    const { did, effects } = world();
    expect(await overrideWorkload(asked('stop', { workload: 'chat-app' }), effects)).toEqual({ said: 'stop chat-app' });
    expect(did).toEqual([
      ['end keep', 'chat-app'],
      ['stop', `chat-app-stop-${seconds(AFTERNOON)}`, { workload: 'chat-app', by: 'ana' }],
    ]);
  });

  test('an environment until a time - its starts are skipped until then', async () => {
    const { did, effects } = world();
    await overrideWorkload(asked('stop', { workload: 'chat-app', until: '2026-11-04T00:00' }), effects);
    expect(did).toEqual([
      ['put', 'chat-app', 'skip', 'ana', 'moving', '2026-11-04T00:00:00+09:00'],
      ['end keep', 'chat-app'],
      ['stop', `chat-app-stop-${seconds(AFTERNOON)}`, { workload: 'chat-app', by: 'ana' }],
    ]);
  });

  test('a batch that runs - its execution is cut off, and says by whom and why', async () => {
    const { did, effects } = world({ newest: { status: 'running' } });
    await overrideWorkload(asked('stop', { workload: 'nightly' }), effects);
    expect(did).toEqual([
      ['end keep', 'nightly'],
      ['cut off', EXECUTION, 'stopped by ana: moving'],
    ]);
  });

  test.each<[string, Partial<Run> | undefined]>([
    ['whose newest run is over', { status: 'succeeded' }],
    ['that never ran', undefined],
  ])('a batch %s - nothing is cut off', async (_, newest) => {
    const { did, effects } = world({ newest });
    await overrideWorkload(asked('stop', { workload: 'nightly', until: '22:00' }), effects);
    expect(did).toEqual([
      ['put', 'nightly', 'skip', 'ana', 'moving', TONIGHT],
      ['end keep', 'nightly'],
    ]);
  });
});

describe('overrideWorkload, resume', () => {
  test.each(['nightly', 'chat-app'])(
    '%s - may start, is not kept, and its breaker alone is closed',
    async (workload) => {
      const { did, effects } = world();
      await overrideWorkload(asked('resume', { workload }), effects);
      expect(did).toEqual([
        ['let go', workload],
        ['end keep', workload],
        ['let spend', workload, 'ana'],
        ['close', workload],
      ]);
    },
  );

  test('the stage - every breaker is closed, and an emergency is over', async () => {
    const { did, effects } = world();
    await overrideWorkload(asked('resume'), effects);
    expect(did).toEqual([
      ['let go', undefined],
      ['end keep', undefined],
      ['let spend', undefined, 'ana'],
      ['end emergency', 'ana'],
      ['close', 'nightly'],
      ['close', 'chat-app'],
      ['say', 'emergency', 'resolved'],
    ]);
  });
});

describe('overrideWorkload, emergency-stop', () => {
  test('the gate is closed without an end, and its machine is started with who and why', async () => {
    const { did, effects } = world();
    expect(await overrideWorkload(asked('emergency-stop'), effects)).toEqual({ said: 'emergency-stop the stage' });
    expect(did).toEqual([
      ['put', undefined, 'pause', 'ana', 'moving', undefined],
      ['emergency', Date.parse(AFTERNOON), { by: 'ana', why: 'moving' }],
    ]);
  });

  test('the table does not answer - its machine is started all the same, and the log says so', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { did, effects } = world();
    const putOverride = async () => {
      throw new Error('no table');
    };
    await overrideWorkload(asked('emergency-stop'), { ...effects, putOverride });
    expect(did).toEqual([['emergency', expect.anything(), expect.anything()]]);
    expect(jest.mocked(console.error).mock.calls.join()).toContain('no table');
  });

  test('its machine cannot be started - the error gets through', async () => {
    const startEmergencyStop = async () => {
      throw new Error('throttled');
    };
    const { effects } = world();
    await expect(overrideWorkload(asked('emergency-stop'), { ...effects, startEmergencyStop })).rejects.toThrow(
      'throttled',
    );
  });
});

describe('overrideWorkload, while somebody else says the contrary', () => {
  const ben: Order = { act: 'pause', by: 'ben', why: 'a storm', at: new Date(AFTERNOON).toISOString() };

  test.each<[Input['act'], Partial<Input>]>([
    ['pause', { workload: 'nightly' }],
    ['skip', {}],
    ['keep', { workload: 'chat-app', until: '22:00' }],
    ['start', { workload: 'chat-app' }],
    ['stop', { workload: 'nightly' }],
    ['resume', { workload: 'nightly' }],
  ])('%s - not done, both are told, and whoever lost is answered who won', async (act, rest) => {
    const { did, said, orders, effects } = world({ other: ben });
    await expect(overrideWorkload(asked(act, rest), effects)).rejects.toMatchObject({
      name: 'ContraryOrder',
      message: expect.stringMatching(`^${act} was not done: ben said pause in the same moment \\(a storm\\)`),
    });
    expect(did).toEqual([['say', 'contrary-orders', undefined]]);
    expect(said[0]).toMatchObject({
      severity: 'warning',
      workload: rest.workload ?? 'lamplighter',
      lines: ['Done: pause by ben: a storm', `Not done: ${act} by ana: moving`],
    });
    expect(orders).toEqual([[rest.workload, { act, by: 'ana', why: 'moving', at: new Date(AFTERNOON).toISOString() }]]);
  });

  test('it cannot be announced - the answer says so too', async () => {
    const { effects } = world({ other: ben });
    const publish = async () => {
      throw new Error('no topic');
    };
    await expect(overrideWorkload(asked('resume'), { ...effects, publish })).rejects.toMatchObject({
      name: 'ContraryOrder',
      message: expect.stringContaining('no topic'),
    });
  });

  test('an emergency stop - done all the same, and who was overruled is told', async () => {
    const { did, said, effects } = world({ other: { ...ben, act: 'resume' } });
    await overrideWorkload(asked('emergency-stop'), effects);
    expect(did).toContainEqual(['emergency', Date.parse(AFTERNOON), { by: 'ana', why: 'moving' }]);
    expect(said[0]?.lines).toEqual(['Done: emergency-stop by ana: moving', 'Not done: resume by ben: a storm']);
  });

  test('the cost guard stops everything in the moment of a resume - it stays stopped, and the answer says so', async () => {
    const emergency: Override = { act: 'pause', emergency: true, by: 'guard-cost', why: '$51', at: ben.at };
    const { did, effects } = world({ emergency });
    await expect(overrideWorkload(asked('resume'), effects)).rejects.toMatchObject({
      name: 'ContraryOrder',
      message: expect.stringContaining('guard-cost said emergency-stop'),
    });
    expect(did).toEqual([['let go', undefined]]);
  });

  test('what cannot be done anyway - is no order', async () => {
    const { orders, effects } = world({ at: EVENING, other: ben });
    await expect(overrideWorkload(asked('start', { workload: 'chat-app' }), effects)).rejects.toThrow('say until when');
    expect(orders).toEqual([]);
  });
});

describe('overrideWorkload, what it refuses', () => {
  test.each<[string, Input, string, string]>([
    ['a workload that does not exist', asked('pause', { workload: 'nightlly' }), 'UnknownWorkload', 'nightlly'],
    ['an end that is no time', asked('pause', { until: 'tomorrow' }), 'InvalidInput', '"tomorrow" is no time'],
    ['an end that has passed', asked('skip', { until: '13:59' }), 'InvalidInput', '13:59 has passed'],
    ['keep without an end', asked('keep', { workload: 'chat-app' }), 'InvalidInput', 'keep needs the time'],
    ['resume with an end', asked('resume', { until: '22:00' }), 'InvalidInput', 'resume has no end'],
    ['emergency-stop with an end', asked('emergency-stop', { until: '22:00' }), 'InvalidInput', 'has no end'],
    ['emergency-stop of a workload', asked('emergency-stop', { workload: 'nightly' }), 'InvalidInput', 'whole stage'],
    ['start without a workload', asked('start'), 'InvalidInput', 'workload: start needs one'],
    ['stop without a workload', asked('stop', { until: '22:00' }), 'InvalidInput', 'workload: stop needs one'],
  ])('%s - refused by name, and nothing is changed', async (_, event, name, message) => {
    const { did, effects } = world();
    await expect(overrideWorkload(event, effects)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(did).toEqual([]);
  });

  test('whatever a person does - who, why and until are in the log', async () => {
    await overrideWorkload(asked('keep', { workload: 'chat-app', until: '22:00' }), world().effects);
    expect(jest.mocked(console.info).mock.calls.join()).toContain(`"until":"${TONIGHT}","by":"ana","why":"moving"`);
  });

  test('a machine that cannot be started - the error gets through', async () => {
    const startExecution = async () => {
      throw new Error('throttled');
    };
    const { effects } = world();
    await expect(
      overrideWorkload(asked('stop', { workload: 'chat-app' }), { ...effects, startExecution }),
    ).rejects.toThrow('throttled');
  });
});
