import { count, create, dateOfRun, inDatabase, report } from './database.ts';
import { closeOf, closesOf, isMarket, symbolsOf, tradingDays } from './exchange.ts';

/** Of so many symbols the prices of so many days are there from the beginning: indicators are computed of them. */
const FOLLOWED = { KOSPI: 400, KOSDAQ: 600 } as const;
const HISTORY_DAYS = 200;

/** The steps of the pipeline `collection`; `init` makes the database, once and by hand. */
const steps: Record<string, (argument: string) => void> = {
  init(path) {
    create(path);
    process.env['DATABASE'] = path;
    const days = tradingDays(dateOfRun(), HISTORY_DAYS).slice(0, -1);
    const followed = [...symbolsOf('KOSPI').slice(0, FOLLOWED.KOSPI), ...symbolsOf('KOSDAQ').slice(0, FOLLOWED.KOSDAQ)];
    inDatabase((database) => {
      const insert = database.prepare('INSERT INTO prices (symbol, date, close) VALUES (?, ?, ?)');
      for (const symbol of followed) for (const day of days) insert.run(symbol, day, closeOf(symbol, day));
    });
  },

  check() {
    const before = inDatabase((database) => count(database, 'SELECT count(DISTINCT symbol) FROM prices'));
    report({ followed: before });
  },

  fetch(market) {
    if (!isMarket(market)) throw new Error(`no market ${market}`);
    const date = dateOfRun();
    const prices = closesOf(market, date);
    inDatabase((database) => {
      // Of a run that is made again nothing is there twice.
      const insert = database.prepare(
        'INSERT OR REPLACE INTO fetched (date, market, symbol, close) VALUES (?, ?, ?, ?)',
      );
      for (const { symbol, close } of prices) {
        insert.run(date, market, symbol, close);
        process.stdout.write(`${market} ${symbol} ${close}\n`);
      }
    });
    report({ collected: prices.length });
  },

  save() {
    const date = dateOfRun();
    const { collected, indices } = inDatabase((database) => {
      database
        .prepare(
          'INSERT OR REPLACE INTO prices (symbol, date, close) SELECT symbol, date, close FROM fetched WHERE date = ?',
        )
        .run(date);
      const of = 'SELECT count(*) FROM prices WHERE date = ? AND symbol';
      return {
        collected: count(database, `${of} NOT LIKE 'INDEX-%'`, date),
        indices: count(database, `${of} LIKE 'INDEX-%'`, date),
      };
    });
    report({ collected, indices });
  },

  log() {
    const date = dateOfRun();
    inDatabase((database) => {
      const collected = count(database, 'SELECT count(*) FROM prices WHERE date = ?', date);
      database
        .prepare('INSERT OR REPLACE INTO log (date, what, count) VALUES (?, ?, ?)')
        .run(date, 'collected', collected);
      database.prepare('DELETE FROM fetched WHERE date = ?').run(date);
    });
  },
};

const [, , name = '', argument = ''] = process.argv;
const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
if (!step) throw new Error(`no step "${name}"; there are: ${Object.keys(steps).join(', ')}`);
step(argument);
