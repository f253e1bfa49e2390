import { expect, test } from '@jest/globals';
import { listSpend } from '../../../functions/list-spend/handler.ts';
import type { LedgerDay } from '../../../shared/state/ledger.ts';

test('two dates - the days of the ledger between them', async () => {
  const asked: string[][] = [];
  const day: LedgerDay = { day: '2026-11-02', observedAt: '2026-11-02T03:00:00.000Z', workloads: {} };
  const daysBetween = async (...question: string[]) => {
    asked.push(question);
    return [day];
  };
  const found = await listSpend({ from: '2026-11-01', to: '2026-11-30' }, { daysBetween });
  expect(found).toEqual({ days: [day] });
  expect(asked).toEqual([['2026-11-01', '2026-11-30']]);
});
