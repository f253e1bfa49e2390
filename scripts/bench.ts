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

const results: Result[] = [];
for (const { name, run } of BENCHES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const rows = await run((progress) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${name}: ${progress}`));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  results.push({ bench: name, rows });
}

if (values.json) console.log(JSON.stringify(results, null, 2));
else for (const result of results) console.log(`${result.bench}\n${table(result)}`);
const faults = results.flatMap(({ rows }) => rows.flatMap(fault));
for (const text of faults) console.error(text);
process.exitCode = faults.length > 0 ? 1 : 0;

function table({ rows }: Result): string {
  const measured = Object.keys(rows[0]?.measured ?? {});
  const head = ['', ...measured.flatMap((column) => (rows[0]?.budget[column] ? [column, 'budget'] : [column]))];
  const lines = rows.map(({ what, measured, budget }) => [
    what,
    ...Object.entries(measured).flatMap(([column, value]) =>
      budget[column] ? [value, `≤ ${budget[column]}`] : [value],
    ),
  ]);
  const printed = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((column) => (column ? 'right' : 'left')),
  });
  printed.push(...lines);
  return printed.toString();
}
