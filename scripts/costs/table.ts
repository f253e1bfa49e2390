import { billOf, cents, type Item, percentSaved } from '../../shared/cost/items.ts';

/** A line of a source's table of costs: what it says, what its own numbers give, and what AWS's list prices give. */
export interface Row {
  what: string;
  /** US dollars, or percent; two where the source gives a range. */
  says?: number | readonly [number, number];
  own?: number;
  list?: number;
  unit: '$' | '%';
  /** What is wrong with it, or what it leaves out. */
  why?: string;
}

export interface CostTable {
  source: string;
  title: string;
  rows: Row[];
  /** What is said under it. */
  notes: string[];
}

type Says = Row['says'];

/** A row of things that are paid for, at the source's own prices and at AWS's. */
export function row(what: string, says: Says, { own, list }: { own?: Item[]; list?: Item[] }, why?: string): Row {
  return { what, says, unit: '$', own: sum(own), list: sum(list), why };
}

/** What two rows leave between them, in dollars and in percent. */
export function saved(says: readonly [usd: number, percent: number], before: Row, after: Row, why?: string): Row[] {
  const both = <T>(of: (before: number, after: number) => T, a?: number, b?: number) =>
    a === undefined || b === undefined ? undefined : of(a, b);
  const usd = (a: number, b: number) => a - b;
  return [
    {
      ...{ what: 'saved', says: says[0], unit: '$', why },
      own: both(usd, before.own, after.own),
      list: both(usd, before.list, after.list),
    },
    {
      ...{ what: 'saved', says: says[1], unit: '%' },
      own: both(percentSaved, before.own, after.own),
      list: both(percentSaved, before.list, after.list),
    },
  ];
}

/** The sum of items; undefined where there are none, or one has no price. */
function sum(items: Item[] | undefined): number | undefined {
  if (!items) return undefined;
  const { usd, unknown } = billOf(items);
  return unknown.length > 0 ? undefined : usd;
}

/** A table as Markdown. */
export function markdown({ source, title, rows, notes }: CostTable): string {
  return [
    `## ${title} (\`${source}\`)`,
    '',
    '| what | the source | its own numbers | list price | note |',
    '|---|---:|---:|---:|---|',
    ...rows.map(
      ({ what, says, own, list, unit, why = '' }) =>
        `| ${what} | ${shown(says, unit)} | ${shown(own, unit)} | ${shown(list, unit)} | ${why} |`,
    ),
    ...notes.flatMap((note) => ['', note]),
    '',
  ].join('\n');
}

function shown(value: Says, unit: Row['unit']): string {
  if (value === undefined) return '–';
  if (typeof value !== 'number') return `$${value[0]}–${value[1]}`;
  if (unit === '%') return `${value} %`;
  // What costs an hour is less than cents can tell.
  return value > 0 && value < 0.1 ? `$${value.toFixed(3)}` : `$${cents(value).toFixed(2)}`;
}
