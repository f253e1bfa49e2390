import type { DatabaseSync } from 'node:sqlite';
import { count, dateOfRun, inDatabase, report } from './database.ts';
import { tradingDays } from './exchange.ts';
import { type Figures, figuresOf } from './figures.ts';

const WINDOW_DAYS = 200;

/** The steps of the pipeline `indicators`; `load` and `compute` are for a part of the symbols: `2/4`. */
const steps: Record<string, (argument: string) => void> = {
  check() {
    const date = dateOfRun();
    const collected = inDatabase((database) =>
      count(database, `SELECT count FROM log WHERE date = ? AND what = 'collected'`, date),
    );
    report({ collected });
    if (collected === 0) throw new Error(`nothing was collected on ${date}`);
  },

  load(argument) {
    const date = dateOfRun();
    const { part, parts } = partOf(argument);
    const [from = date] = tradingDays(date, WINDOW_DAYS);
    const symbols = inDatabase((database) => {
      const windows = database
        .prepare(
          `SELECT symbol, json_group_array(close ORDER BY date) AS closes FROM prices
           WHERE date BETWEEN ? AND ? GROUP BY symbol HAVING count(*) = ? ORDER BY symbol`,
        )
        .all(from, date, WINDOW_DAYS) as { symbol: string; closes: string }[];
      const own = windows.filter((_, index) => index % parts === part - 1);
      const insert = database.prepare('INSERT OR REPLACE INTO loaded (date, part, symbol, closes) VALUES (?, ?, ?, ?)');
      for (const { symbol, closes } of own) insert.run(date, part, symbol, closes);
      return own.length;
    });
    report({ symbols });
  },

  compute(argument) {
    const date = dateOfRun();
    const { part } = partOf(argument);
    const windows = inDatabase(
      (database) =>
        database.prepare('SELECT symbol, closes FROM loaded WHERE date = ? AND part = ?').all(date, part) as {
          symbol: string;
          closes: string;
        }[],
    );
    // Nobody waits for the database while this computes.
    const figures = windows.map(({ symbol, closes }) => ({ symbol, figures: figuresOf(JSON.parse(closes)) }));
    inDatabase((database) => {
      const insert = database.prepare(
        'INSERT OR REPLACE INTO computed (date, part, symbol, figures) VALUES (?, ?, ?, ?)',
      );
      for (const { symbol, figures: found } of figures) insert.run(date, part, symbol, JSON.stringify(found));
    });
    report({ symbols: windows.length, computed: figures.length });
  },

  save() {
    const date = dateOfRun();
    const numbers = inDatabase((database) => {
      const found = database.prepare('SELECT symbol, figures FROM computed WHERE date = ?').all(date) as {
        symbol: string;
        figures: string;
      }[];
      for (const { symbol, figures } of found) insertFigures(database, symbol, date, JSON.parse(figures));
      return {
        symbols: count(database, 'SELECT count(*) FROM loaded WHERE date = ?', date),
        computed: count(database, 'SELECT count(*) FROM indicators WHERE date = ? AND rsi IS NOT NULL', date),
      };
    });
    report(numbers);
  },

  log() {
    const date = dateOfRun();
    inDatabase((database) => {
      const computed = count(database, 'SELECT count(*) FROM indicators WHERE date = ?', date);
      database
        .prepare('INSERT OR REPLACE INTO log (date, what, count) VALUES (?, ?, ?)')
        .run(date, 'computed', computed);
      for (const table of ['loaded', 'computed']) database.prepare(`DELETE FROM ${table} WHERE date = ?`).run(date);
    });
  },
};

function insertFigures(database: DatabaseSync, symbol: string, date: string, figures: Figures): void {
  const names = Object.keys(figures);
  database
    .prepare(
      `INSERT OR REPLACE INTO indicators (symbol, date, ${names.join(', ')})
       VALUES (?, ?, ${names.map(() => '?').join(', ')})`,
    )
    .run(symbol, date, ...Object.values(figures));
}

function partOf(argument: string): { part: number; parts: number } {
  const [, part, parts] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(argument) ?? [];
  if (part === undefined || Number(part) > Number(parts)) throw new Error(`no part "${argument}": 1/4 is one`);
  return { part: Number(part), parts: Number(parts) };
}

const [, , name = '', argument = ''] = process.argv;
const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
if (!step) throw new Error(`no step "${name}"; there are: ${Object.keys(steps).join(', ')}`);
step(argument);
