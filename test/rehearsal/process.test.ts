import { expect, test } from '@jest/globals';
import { rehearse } from '../../rehearsal/index.ts';
import { parseScenario } from '../../rehearsal/scenario.ts';
import { act, packaged } from './stage.ts';

// Each rehearsal is a process of its own.

test('what is thrown in a rehearsal - is thrown by it, with its name', async () => {
  await expect(act({}, { from: 'someday' })).rejects.toMatchObject({
    name: 'RangeError',
    message: expect.stringContaining('someday'),
  });
});

test('two at once - each has a world and a clock of its own', async () => {
  const [monday, tuesday] = await Promise.all([act({}, { days: 1 }), act({}, { days: 1, from: '2026-11-03' })]);
  expect(Date.parse(tuesday.from) - Date.parse(monday.from)).toBe(86_400_000);
  expect(tuesday.notices[0]?.at).not.toBe(monday.notices[0]?.at);
});

test('bundled, as the other tests have it, and as it is - the same report', async () => {
  const { bundle, ...modules } = packaged('ec2-batch');
  const day = { scenario: parseScenario({}), from: '2026-11-02', days: 1, seed: 1 };
  const [bundled, plain] = await Promise.all(
    [{ ...modules, ...(bundle && { bundle }) }, modules].map(async (how) => {
      const { wallSeconds: _, ...report } = await rehearse({ ...how, ...day });
      return report;
    }),
  );
  expect(bundled).toEqual(plain);
});
