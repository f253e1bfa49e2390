import { DatabaseSync } from 'node:sqlite';

/** Several steps write side by side: each waits so long for the others. */
const PATIENCE_MS = 20_000;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE prices (symbol TEXT, date TEXT, close REAL NOT NULL, PRIMARY KEY (symbol, date)) WITHOUT ROWID;
  CREATE TABLE fetched (date TEXT, market TEXT, symbol TEXT, close REAL NOT NULL, PRIMARY KEY (date, symbol)) WITHOUT ROWID;
  CREATE TABLE loaded (date TEXT, part INTEGER, symbol TEXT, closes TEXT NOT NULL, PRIMARY KEY (date, symbol)) WITHOUT ROWID;
  CREATE TABLE computed (date TEXT, part INTEGER, symbol TEXT, figures TEXT, PRIMARY KEY (date, symbol)) WITHOUT ROWID;
  CREATE TABLE indicators (
    symbol TEXT, date TEXT, rsi REAL, macd REAL, signal REAL, histogram REAL,
    sma20 REAL, sma50 REAL, sma200 REAL, lower REAL, upper REAL, PRIMARY KEY (symbol, date)
  ) WITHOUT ROWID;
  CREATE TABLE log (date TEXT, what TEXT, count INTEGER NOT NULL, PRIMARY KEY (date, what)) WITHOUT ROWID;
`;

/** Opens the database that DATABASE names, and closes it when the work is done; the work is done as a whole or not at all. */
export function inDatabase<T>(work: (database: DatabaseSync) => T): T {
  const path = process.env['DATABASE'];
  if (!path) throw new Error('DATABASE is not set: it is the path of the database file');
  const database = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    // Whoever is to write takes the lock at once: one who has read first could not wait for it any more.
    database.exec('BEGIN IMMEDIATE');
    const result = work(database);
    database.exec('COMMIT');
    return result;
  } finally {
    // What is not committed is undone by this.
    database.close();
  }
}

/** Makes the file with its tables. */
export function create(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(SCHEMA);
  database.close();
}

/** The first number that a query finds. */
export function count(database: DatabaseSync, query: string, ...values: (string | number)[]): number {
  return Number(Object.values(database.prepare(query).get(...values) ?? {})[0] ?? 0);
}

/** The date that the run is for, as Lamplighter tells it; a run by hand is for the date that is given. */
export function dateOfRun(): string {
  const date = process.env['LAMPLIGHTER_DATE'];
  if (date && /^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  throw new Error('LAMPLIGHTER_DATE is not set: it is a date such as 2026-11-23');
}

/** Says numbers of this step, which Lamplighter reads. */
export function report(numbers: Record<string, number>): void {
  const words = Object.entries(numbers).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`::metric ${words.join(' ')}\n`);
}
