import { expect, test } from '@jest/globals';
import { listSpend } from '../../../functions/list-spend/handler.ts';
import { aDay } from '../../shared/cost/ledger-days.ts';

test('two dates - the days of the ledger between them, and the bills', async () => {
  const asked: string[][] = [];
  const days = [aDay('2026-11-02', {})];
  const bills = [{ utcDay: '2026-11-01', usd: 1, askedAt: '2026-11-02T03:00:00.000Z' }];
  const found = await listSpend(
    { from: '2026-11-01', to: '2026-11-30' },
    {
      daysBetween: async (...question) => {
        asked.push(question);
        return days;
      },
      billsBetween: async (...question) => {
        asked.push(question);
        return bills;
      },
    },
  );
  expect(found).toEqual({ days, bills });
  expect(asked).toEqual([
    ['2026-11-01', '2026-11-30'],
    ['2026-11-01', '2026-11-30'],
  ]);
});
