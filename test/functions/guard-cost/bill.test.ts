import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readBill } from '../../../functions/guard-cost/bill.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Bill, LedgerDay } from '../../../shared/state/ledger.ts';
import { aStage } from '../../shared/builders.ts';

const NOW = Date.parse('2026-11-10T01:00:00Z');
const stage = aStage({ budget: { bill: 'account' } });

interface World {
  says: Record<string, number>;
  known?: Bill[];
  spent?: Record<string, number>;
  error?: Error;
}

async function read({ says, known = [], spent = {}, error }: World) {
  const asked: unknown[] = [];
  const put: Bill[] = [];
  const published: Notice[] = [];
  await readBill({ day: '2026-11-10' }, stage, NOW, {
    askCostExplorer: async (...question) => {
      asked.push(question);
      if (error) throw error;
      return Object.entries(says).map(([utcDay, usd]) => ({ utcDay, usd }));
    },
    billsBetween: async () => known,
    newestDays: async () => [{ day: 'x', observedAt: '', workloads: {}, usdByUtcDay: spent } satisfies LedgerDay],
    putBill: async (bill) => void put.push(bill),
    publish: async (notice) => void published.push(notice),
  });
  return { asked, put, said: published.map(({ lines }) => lines[0]) };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('readBill', () => {
  test('one question for the five weeks before today, what it says is written down', async () => {
    const { asked, put, said } = await read({ says: { '2026-11-08': 1.5, '2026-11-09': 0 } });
    expect(asked).toEqual([['account', '2026-10-06', '2026-11-10']]);
    expect(put.map(({ utcDay, usd }) => [utcDay, usd])).toEqual([
      ['2026-11-08', 1.5],
      ['2026-11-09', 0],
    ]);
    expect(said).toEqual([]);
  });

  test('what is known is not written again - unless it has changed, or is settled since', async () => {
    const known = (utcDay: string, usd: number, askedAt: string): Bill => ({ utcDay, usd, askedAt });
    const { put } = await read({
      says: { '2026-11-01': 1, '2026-11-06': 2, '2026-11-08': 3 },
      known: [
        known('2026-11-01', 1, '2026-11-09T01:00:00.000Z'),
        known('2026-11-06', 2, '2026-11-08T01:00:00.000Z'),
        known('2026-11-08', 2.5, '2026-11-09T01:00:00.000Z'),
      ],
    });
    expect(put.map(({ utcDay }) => utcDay)).toEqual(['2026-11-06', '2026-11-08']);
  });

  test('the last three days are not in it yet - as always', async () => {
    expect((await read({ says: { '2026-11-07': 1 }, spent: { '2026-11-08': 1, '2026-11-09': 1 } })).said).toEqual([]);
  });

  test('a day older than that, on which was spent, is not in it - said', async () => {
    const { said } = await read({ says: { '2026-11-05': 1, '2026-11-06': 0 }, spent: { '2026-11-06': 0.5 } });
    expect(said).toEqual(['The bill is known up to 2026-11-05 only.']);
  });

  test('Cost Explorer refuses - said by its error, and logged', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const error = Object.assign(new Error('enable it'), { name: 'AccessDeniedException' });
    expect((await read({ says: {}, error })).said).toEqual(['Cost Explorer answered: AccessDeniedException']);
    expect(log.mock.calls.join()).toContain('enable it');
  });
});
