import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Bench, fault, type Result } from './bench/bench.ts';
import { bundles } from './bench/bundles.ts';
import { load } from './bench/load.ts';
import { rehearsalPage } from './bench/page.ts';
import { idleInstances, rehearsal } from './bench/rehearsal.ts';

/** `npm run bench [-- name…] [--json]`: measures what the budgets in docs promise; status 1 when one is broken. */

const BENCHES: Bench[] = [bundles, rehearsal, idleInstances, rehearsalPage, load];

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there is ${BENCHES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

let told = performance.now();
const results: Result[] = [];
for (const { name, run } of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const result = { bench: name, rows: await run((progress) => tell(`${name}: ${progress}`)) };
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  // What has taken minutes is not lost when a later one fails.
  if (!values.json) console.log(`${result.bench}\n${table(result)}`);
  results.push(result);
}

if (values.json) console.log(JSON.stringify(results, null, 2));
const faults = results.flatMap(({ rows }) => rows.flatMap(fault));
for (const text of faults) console.error(text);
process.exitCode = faults.length > 0 ? 1 : 0;

function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${progress}`);
  // In a log a line now and then is enough.
  else if (performance.now() - told > 10_000) {
    told = performance.now();
    console.error(progress);
  }
}

function table({ rows }: Result): string {
  const measured = Object.keys(rows[0]?.measured ?? {});
  const isBudgeted = (column: string) => rows.some(({ budget }) => budget[column] !== undefined);
  const head = ['', ...measured.flatMap((column) => (isBudgeted(column) ? [column, 'budget'] : [column]))];
  const lines = rows.map(({ what, measured, budget }) => [
    what,
    ...Object.entries(measured).flatMap(([column, value]) => {
      const most = budget[column] === undefined ? '' : `≤ ${budget[column]}`;
      return isBudgeted(column) ? [value, most] : [value];
    }),
  ]);
  const printed = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((column) => (column ? 'right' : 'left')),
  });
  printed.push(...lines);
  return printed.toString();
}
