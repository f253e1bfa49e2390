import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeOf, tradingDays } from '../../../examples/daily-batch/exchange.ts';
import { figuresOf } from '../../../examples/daily-batch/figures.ts';
import { type Local, type LocalReport, runHere } from '../../../rehearsal/local/index.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { isPipeline } from '../../../shared/stage/kinds.ts';
import { packaged } from '../stage.ts';

const DATE = '2026-11-23';
const KEY = `${DATE}T16:30`;
const FOLDER = resolve('examples/daily-batch');
const temporary = mkdtempSync(join(tmpdir(), 'lamplighter-daily-batch-'));
const DATABASE = join(temporary, 'prices.db');

/** Fails so many times, and does what it should from then on. */
const failing = (times: number, code: number, file: string, command: string) =>
  `n=$(cat '${temporary}/${file}' 2>/dev/null || echo 0); echo $((n + 1)) > '${temporary}/${file}'; [ "$n" -ge ${times} ] || exit ${code}; ${command}`;

/** The example at a database of this test, where the first KOSPI fails and the database is away for two of three tries. */
function troubled(stage: CompiledStage): CompiledStage {
  const changed = structuredClone(stage);
  for (const [name, workload] of Object.entries(changed.workloads)) {
    if (!isPipeline(workload)) continue;
    for (const [step, { work }] of Object.entries(workload.steps)) {
      if (work.by !== 'command') throw new Error(`${name} ${step} is no command`);
      work.environment = { ...work.environment, DATABASE };
      if (step === 'kospi') work.command = failing(1, 3, 'kospi', work.command);
      if (step === 'save' && name === 'collection') work.command = failing(2, 75, 'save', work.command);
    }
  }
  return changed;
}

let report: LocalReport;
let told: string[];
beforeAll(async () => {
  told = [];
  const environment = { ...process.env, NODE_OPTIONS: '', LAMPLIGHTER_DATE: DATE };
  await promisify(execFile)('node', [join(FOLDER, 'collect.ts'), 'init', DATABASE], { env: environment });
  const { template, stage, root } = packaged('daily-batch');
  const local: Local = { template, stage: troubled(stage), root, pipeline: 'collection', key: KEY, folder: FOLDER };
  report = await runHere({ ...local, again: { only: 'failed' } }, (text) => told.push(text));
});
afterAll(() => rmSync(temporary, { recursive: true }));

const begun = (name: string) => told.filter((text) => text === `Lamplighter dev ${name} begins`).length;
const runOf = (name: string) => report.runs.find(({ workload }) => workload === name);
const stepOf = (name: string, step: string) => runOf(name)?.steps.find((one) => one.name === step);

function inDatabase<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(DATABASE, { readOnly: true });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

describe('the daily batch, for real', () => {
  test('KOSPI failed - what needs it was not begun then, and the second pipeline was said not to start', () => {
    const kospi = told.indexOf('Lamplighter dev collection kospi ended with 3');
    expect(kospi).toBeGreaterThan(0);
    const again = told.lastIndexOf('Lamplighter dev collection kospi begins');
    expect(again).toBeGreaterThan(kospi);
    expect(told.slice(0, again).join('\n')).not.toMatch(/collection (save|log) begins|indicators/);
    expect(report.notices.filter(({ severity }) => severity === 'critical').map(({ title }) => title)).toEqual(
      expect.arrayContaining([expect.stringContaining('collection'), expect.stringContaining('indicators')]),
    );
  });

  test('run again from what failed - the rest is done, and what had succeeded is not done twice', () => {
    expect(report.runs.map(({ workload, key, status }) => [workload, key, status])).toEqual([
      ['collection', KEY, 'succeeded'],
      ['indicators', KEY, 'succeeded'],
    ]);
    const steps = ['check', 'kospi', 'kosdaq', 'indices', 'save', 'log'];
    expect(steps.map((step) => [step, begun(`collection ${step}`)])).toEqual([
      ...[
        ['check', 1],
        ['kospi', 2],
        ['kosdaq', 1],
        ['indices', 1],
        ['save', 3],
        ['log', 1],
      ],
    ]);
  });

  test('the database was away for two of three tries - outlasted by the retries of the step', () => {
    expect(stepOf('collection', 'save')).toMatchObject({ status: 'succeeded', tries: 3, numbers: { collected: 2712 } });
  });

  test('what nothing joins - ran side by side', () => {
    const first = (pattern: RegExp) => told.findIndex((text) => pattern.test(text));
    const ended = first(/collection (kospi|kosdaq|indices) ended/);
    for (const step of ['kospi', 'kosdaq', 'indices'])
      expect(first(new RegExp(`collection ${step} begins`))).toBeLessThan(ended);
    const computed = told.filter((text) => /indicators compute-\d begins/.test(text));
    expect(new Set(computed).size).toBe(4);
  });

  test('the prices - all of them, as the exchange has them', () => {
    const found = inDatabase((database) =>
      database.prepare(`SELECT symbol, close FROM prices WHERE date = ? ORDER BY symbol`).all(DATE),
    ) as { symbol: string; close: number }[];
    expect(found).toHaveLength(2716);
    for (const { symbol, close } of found) if (close !== closeOf(symbol, DATE)) throw new Error(`${symbol}: ${close}`);
  });

  test('the indicators of 1,000 symbols - each as its 200 days have it', () => {
    const found = inDatabase((database) =>
      database.prepare('SELECT * FROM indicators WHERE date = ? ORDER BY symbol').all(DATE),
    ) as Record<string, number | string>[];
    expect(found).toHaveLength(1000);
    const days = tradingDays(DATE, 200);
    for (const { symbol, date: _, ...figures } of [found[0], found[499], found[999]].map((row) => ({ ...row }))) {
      const closes = days.map((day) => closeOf(String(symbol), day));
      expect(figures).toEqual(figuresOf(closes));
    }
    expect(stepOf('indicators', 'save')).toMatchObject({ numbers: { symbols: 1000, computed: 1000 } });
  });
});
