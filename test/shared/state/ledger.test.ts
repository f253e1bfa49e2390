import { afterAll, describe, expect, test } from '@jest/globals';
import type { LedgerDay } from '../../../shared/state/ledger.ts';
import { startDatabase } from './database.ts';

const database = await startDatabase();
const { billsBetween, daysBetween, newestDays, putBill, putDay } = await import('../../../shared/state/ledger.ts');
const { table } = await import('../../../shared/state/table.ts');

afterAll(async () => {
  table.destroy();
  await database.stop();
});

const day = (date: string, hour: string): LedgerDay => ({
  day: date,
  observedAt: `${date}T${hour}:00:00.000Z`,
  workloads: {},
  usdByUtcDay: {},
});

describe('the ledger', () => {
  test('two guards at once reckon the same day - one of them writes', async () => {
    const written = await Promise.all(Array.from({ length: 8 }, () => putDay(day('2026-10-01', '01'), undefined)));
    expect(written.filter(Boolean)).toHaveLength(1);
    const next = await Promise.all(
      ['02', '03', '04'].map((hour) => putDay(day('2026-10-01', hour), day('2026-10-01', '01').observedAt)),
    );
    expect(next.filter(Boolean)).toHaveLength(1);
  });

  test('the newest days, and those of a stretch - newest first, and no bills among them', async () => {
    for (const date of ['2026-11-01', '2026-11-02', '2026-11-03']) await putDay(day(date, '01'), undefined);
    await putBill({ utcDay: '2026-11-02', usd: 1, askedAt: '2026-11-04T00:00:00.000Z' });
    expect((await newestDays(2)).map((one) => one.day)).toEqual(['2026-11-03', '2026-11-02']);
    expect((await daysBetween('2026-11-01', '2026-11-02')).map((one) => one.day)).toEqual(['2026-11-02', '2026-11-01']);
    expect(await daysBetween('2026-11-04', '2026-11-04')).toEqual([]);
    expect(await daysBetween('2026-11-01', '2026-11-01')).toMatchObject([day('2026-11-01', '01')]);
  });

  test('what a bill says of a day is what it says now', async () => {
    await putBill({ utcDay: '2026-11-05', usd: 1, askedAt: '2026-11-06T00:00:00.000Z' });
    await putBill({ utcDay: '2026-11-05', usd: 1.5, askedAt: '2026-11-07T00:00:00.000Z' });
    expect(await billsBetween('2026-11-05', '2026-11-05')).toMatchObject([{ utcDay: '2026-11-05', usd: 1.5 }]);
  });
});
