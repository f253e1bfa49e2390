import { at, disk, instance } from './prices.ts';
import { type CostTable, row, saved } from './table.ts';

const TYPE = 't3.medium';
const [ALWAYS, RUNS] = [24 * 30, 2.5 * 30];
/** What $23.04 for 720 hours come to. */
const OWN = 0.032;

export function ec2Batch(): CostTable {
  const before = row(
    `${TYPE}, 24 h × 30`,
    23.04,
    { own: [at(OWN, ALWAYS)], list: [instance(TYPE, ALWAYS)] },
    '$23.04 are $0.032 an hour, which is no price of a t3.medium: $0.052 in Seoul, $0.0416 in N. Virginia',
  );
  const after = row(
    `${TYPE}, 2.5 h × 30`,
    9.45,
    { own: [at(OWN, RUNS)], list: [instance(TYPE, RUNS)] },
    '75 hours at the $0.032 of the line above are $2.40; $9.45 would be 9.8 hours a day, or $0.126 an hour',
  );
  return {
    source: 'ec2-batch.md',
    title: 'A batch on EC2, six times a day',
    rows: [
      before,
      after,
      ...saved([13.59, 59], before, after, '59 % follow from the $9.45: it saves more than it says'),
      row(
        '30 GB of gp3',
        undefined,
        { list: [disk(30)] },
        'left out: a disk is paid whether its instance is on or not',
      ),
      ...saved(
        [13.59, 59],
        row('', undefined, { list: [instance(TYPE, ALWAYS), disk(30)] }),
        row('', undefined, { list: [instance(TYPE, RUNS), disk(30)] }),
      ).map((line) => ({ ...line, what: 'saved, disk included', says: undefined })),
    ],
    notes: ['The size of the disk is that of `examples/ec2-batch.yml`; the source names none.'],
  };
}
