import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Act, Order, Taken } from '../../../shared/state/orders.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { areContrary, takeOrder } = await import('../../../shared/state/orders.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const NOW = Date.parse('2026-11-02T00:00:00Z');
const order = (act: Act, by: string, milliseconds = 0): Order => ({
  ...{ act, by, why: `${by} wants it` },
  at: new Date(NOW + milliseconds).toISOString(),
});
const known = async (pk: string) =>
  (await table.send(new GetCommand({ TableName: 'state', Key: { pk, sk: 'order' } }))).Item as Taken | undefined;

describe('takeOrder', () => {
  test('a pause and a resume at once, fifty times - one is taken, the other knows by whom, and both are kept', async () => {
    const winners = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const name = `round-${round}`;
      const both = [order('pause', 'kim'), order('resume', 'lee', round % 7)];
      const answers = await Promise.all((round % 2 ? both : both.toReversed()).map((one) => takeOrder(name, one)));
      expect(answers.filter(({ isTaken }) => isTaken)).toHaveLength(1);
      const item = await known(`workload#${name}`);
      expect(answers.find(({ isTaken }) => !isTaken)?.other).toEqual(both.find(({ by }) => by === item?.by));
      expect(item?.lost).toEqual(both.filter(({ by }) => by !== item?.by));
      winners.add(item?.by ?? '');
    }
    expect([...winners].sort()).toEqual(['kim', 'lee']);
  });

  test('ten people at once, of two opinions - those of one are taken, those of the other are not', async () => {
    const people = Array.from({ length: 10 }, (_, index) =>
      order(index % 2 ? 'stop' : 'start', `person ${index}`, index),
    );
    const answers = await Promise.all(people.map(async (one) => ({ one, ...(await takeOrder('crowd', one)) })));
    const acts = (isTaken: boolean) => answers.filter((answer) => answer.isTaken === isTaken).map(({ one }) => one.act);
    expect(acts(true)).toHaveLength(5);
    expect(new Set(acts(true)).size).toBe(1);
    expect(new Set(acts(false)).size).toBe(1);
  });

  test.each<[string, Order, Order]>([
    ['by the same person', order('pause', 'kim'), order('resume', 'kim', 900)],
    ['after a while', order('pause', 'kim'), order('resume', 'lee', 5001)],
    ['not contrary', order('pause', 'kim'), order('stop', 'lee', 900)],
    ['the same', order('start', 'kim'), order('start', 'lee')],
  ])('%s - both are taken', async (name, one, two) => {
    expect(await takeOrder(name, one)).toEqual({ isTaken: true });
    expect(await takeOrder(name, two)).toEqual({ isTaken: true });
    expect(await known(`workload#${name}`)).toMatchObject({ by: two.by, act: two.act, lost: [] });
  });

  test('of one workload and of another, or of the stage - do not meet', async () => {
    expect(await takeOrder('one', order('pause', 'kim'))).toEqual({ isTaken: true });
    expect(await takeOrder('two', order('resume', 'lee'))).toEqual({ isTaken: true });
    expect(await takeOrder(undefined, order('resume', 'lee'))).toEqual({ isTaken: true });
    expect(await known('stage')).toMatchObject({ by: 'lee', version: 1 });
  });

  test('an emergency stop - is taken against a resume that was first, and wins against one that is second', async () => {
    const resume = order('resume', 'lee', 6000);
    await takeOrder(undefined, resume);
    const emergency = order('emergency-stop', 'kim', 6100);
    expect(await takeOrder(undefined, emergency)).toEqual({ isTaken: true, other: resume });
    expect(await takeOrder(undefined, order('resume', 'ana', 6200))).toEqual({ isTaken: false, other: emergency });
    expect(await known('stage')).toMatchObject({ by: 'kim', lost: [resume, { by: 'ana' }] });
  });
});

test('areContrary - as much one way as the other', () => {
  const acts: Act[] = ['pause', 'skip', 'keep', 'start', 'stop', 'resume', 'emergency-stop'];
  for (const one of acts)
    for (const two of acts)
      expect([one, two, areContrary(order(one, 'kim'), order(two, 'lee'))]).toEqual([
        ...[one, two, areContrary(order(two, 'lee'), order(one, 'kim'))],
      ]);
});
