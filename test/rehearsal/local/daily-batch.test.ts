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

/** Does what it should only when the others have begun too, which they have only where they run side by side. */
const meeting = (name: string, others: string[], command: string) =>
  `touch '${temporary}/${name}'; for other in ${others.join(' ')}; do n=0; until [ -e "${temporary}/$other" ]; do n=$((n + 1)); [ $n -lt 100 ] || exit 9; sleep 0.1; done; done; ${command}`;

const BESIDE = [
  ['kospi', 'kosdaq', 'indices'],
  ['compute-1', 'compute-2', 'compute-3', 'compute-4'],
];

/** The example at a database of this test, where the first KOSPI fails and the database is away for two of three tries. */
function troubled(stage: CompiledStage): CompiledStage {
  const changed = structuredClone(stage);
  for (const [name, workload] of Object.entries(changed.workloads)) {
    if (!isPipeline(workload)) continue;
    for (const [step, { work }] of Object.entries(workload.steps)) {
      if (work.by !== 'command') throw new Error(`${name} ${step} is no command`);
      work.environment = { ...work.environment, DATABASE };
      if (step === 'kospi') work.command = failing(1, 3, 'tries of kospi', work.command);
      if (step === 'save' && name === 'collection') work.command = failing(2, 75, 'tries of save', work.command);
      const beside = BESIDE.find((steps) => steps.includes(step));
      if (beside) work.command = meeting(step, beside, work.command);
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
    expect(report.notices.map(({ severity, title }) => [severity, title])).toEqual([
      ['critical', 'collection 16:30 failed'],
      ['warning', 'indicators 16:30 does not start'],
      ['success', 'collection 16:30 succeeded'],
      ['success', 'indicators 16:30 succeeded'],
    ]);
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

  test('what nothing joins - ran side by side: each waited until the others had begun', () => {
    expect(told.filter((text) => text.endsWith('ended with 9'))).toEqual([]);
    expect(BESIDE.flat().filter((step) => begun(`collection ${step}`) + begun(`indicators ${step}`) === 0)).toEqual([]);
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
