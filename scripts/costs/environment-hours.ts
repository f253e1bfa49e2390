import { loadEstate } from '../../resources/estate.ts';
import { hoursOf, monthOf } from '../../shared/cost/on-hours.ts';
import { savingsOf } from '../../shared/cost/savings.ts';
import { environments } from '../../shared/stage/kinds.ts';
import { at, instance } from './prices.ts';
import { type CostTable, row, saved } from './table.ts';

const [MONTH, WORKED] = [730, 9 * 20];
/** The month that the calendar is shown of. */
const SHOWN = '2026-11';

/** Servers, database and cache for so many hours, at the source's prices. */
const parts = (hours: number, servers = 2) => [at(0.023, hours, servers), at(0.178, hours), at(0.017, hours)];

export function environmentHours(): CostTable {
  const before = row(
    'together, 730 h',
    159.14,
    { own: parts(MONTH) },
    'has one of the two servers: with both it is $16.79 more',
  );
  const after = row(
    'together, 180 h (9 h × 20 days)',
    39.24,
    { own: parts(WORKED) },
    'of the same $0.218 an hour with one server; with both $0.241',
  );
  return {
    source: 'environment-hours.md',
    title: 'An environment from nine to six on working days',
    rows: [
      row(
        't3.small × 2, an hour',
        0.046,
        { own: [at(0.023, 1, 2)], list: [{ ...instance('t3.small', 1), count: 2 }] },
        '$0.023 is a t2.small in N. Virginia; a t3.small in Seoul is $0.026',
      ),
      row(
        't3.small × 2, 730 h',
        16.79,
        { own: [at(0.023, MONTH, 2)], list: [{ ...instance('t3.small'), count: 2 }] },
        '730 hours of one: $0.046 × 730 is $33.58',
      ),
      row('DocumentDB db.t3.medium, 730 h', 129.94, { own: [at(0.178, MONTH)] }),
      row('Redis cache.t2.micro, 730 h', 12.41, { own: [at(0.017, MONTH)] }),
      before,
      after,
      ...saved([119.9, 75], before, after, 'the percentage holds: both sides lack the same server'),
      ...byCalendar(),
    ],
    notes: [
      'DocumentDB and ElastiCache are not in the price list of this project, so their list prices are not known; ' +
        '`hourly` in the stage file says what they cost. The source leaves out their storage and I/O, the load balancer that its ' +
        'stack has, and the minutes that creating and deleting take, which are paid as well.',
      '20 days are four weeks: a year has 261 weekdays, 21.75 a month, less the holidays.',
    ],
  };
}

/** The example's own workload in a real month, by its hours and the holidays. */
function byCalendar() {
  const stage = loadEstate('dev', 'examples/environment-hours.yml', new Date(`${SHOWN}-01`)).compiled;
  const month = monthOf(SHOWN, stage.timezone);
  return environments(stage).map(([, workload]) => {
    const { after, before } = savingsOf(workload, stage, month);
    return {
      ...row(`${SHOWN} by the calendar: ${after.hours} h of ${hoursOf(month)}`, undefined, {}),
      ...{ own: after.usd, why: `instead of $${before.usd.toFixed(2)}: what \`sls ops cost\` reckons for the example` },
    };
  });
}
