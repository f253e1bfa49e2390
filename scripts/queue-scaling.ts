import { writeFileSync } from 'node:fs';
import {
  type BurstRow,
  burstRow,
  burstRows,
  endingTable,
  HEAD,
  monthRows,
  outageTable,
  poisonTable,
  table,
  whole,
} from './queue-scaling/table.ts';
import { plainTracking, type Way, ways } from './queue-scaling/ways.ts';

/** Writes the page that holds ways of scaling a queue's workers against each other. */

/** What bursts come to, with a second reading of the source's cooldowns after the first. */
export function bursted([rules, ...others]: Way[]): BurstRow[] {
  if (!rules) throw new Error('there is nothing to hold against each other');
  const early = { ...rules, name: `${rules.name}, cooldowns from the order on`, isEarly: true };
  return burstRows([rules, early, ...others]);
}

/** @param months the rows of months, the slow part */
export function queueScalingPage(months: string[], all: Way[], rows: BurstRow[]): string {
  return `# Workers by the queue: four ways of scaling, held against each other

What \`hybrid-queue-scaling.md\` describes, lived through on the models of the rehearsal (\`rehearsal/outside/jobs\`, \`rehearsal/aws/ecs-tasks.ts\`,
\`rehearsal/aws/scaling.ts\`; each names where in AWS's documentation its rules are from), by one run of \`npm run costs\`. The same seeded jobs come to
each way. It is a model, with nobody's image and nobody's network in it: read the differences, not the seconds.

- **Jobs** take 15 to 45 s, 30 on average; a worker (1 vCPU, 2 GB) does four at once: eight a minute. Four more are done at once by the two workers on the
  source's server, whoever scales: they are always there, and cost nothing here.
- **Loads**: the source's 5 tasks do 40 jobs a minute and its 25 do 200, so that is what comes, in its four and eight hours, with
  nothing between; how long the queue gets by it is in the table. Below 20: 2 a minute.
- **Delays**: a queue is read 2 s after each minute, a datapoint is looked at 15 s after its minute is over, a task runs 30–90 s after it is
  wanted and is paid for from the pull of its image, a minute at least. SIGTERM lets a worker end what it does, 120 s at most.
- **The source’s rules**: its table (over 20 + 1, under 10 − 1, over 200 + 10, empty for ten minutes: none) with its cooldowns; AWS counts these from when a change is
  fulfilled. A second row, for the burst, counts them from the order on, which is better for the source than what AWS says.
- **Target tracking at 20**, 60 s out, and the empty rule. From none it reckons as if there were one. In, a policy beside it takes a fifth away, each 300 s, after
  fifteen minutes under 18: so much at a time is also what is assumed of target tracking alone, of which AWS says only "gradually".
- **KEDA-like**: a poll every 30 s, 300 s cooldown, five *waiting* jobs a worker, the autoscaler of Kubernetes between none and the maximum with its defaults, on the same
  tasks. Its cluster is not in the price.
- **Ours**: the queue of \`examples/hybrid-queue-scaling.yml\` with its policies and alarms as they are deployed, and what \`tend-queues\` decides each minute.
- **Money**: Fargate in Seoul and CloudWatch by \`shared/prices/prices.json\`; the alarms that tell people, which all would have, are in no sum.

${table(HEAD, [...months, ...rows.map(burstRow)])}

Of twelve bursts, five seconds apart in their minute, the one in the middle, in brackets the fastest and the slowest; worker-hours and dollars are of one burst, until
all workers are gone.

${said(rows)}

The source counts what is *being done* as queue: 40 jobs a minute are 20 that are being done, so that its rules and target tracking add workers for ever, and
come to fifty. That is why the months differ so; its own estimate, five tasks for $30 and 25 for $300 at $0.05 an hour, is 600 and 6,000 worker-hours,
which is about what ours comes to.
Below 20 the workers on the server do it all, and no task runs, with the source as with ours; of CloudWatch ours takes more: fourteen metrics, where the source has one. KEDA looks more
often than once a minute; it takes more hours, since five waiting jobs a worker do not say how long a job takes. With more wanted than run, \`tend-queues\` registers
them as the minimum at once, so that ours does not wait for the datapoint and the alarm as the other policies do.

Months are written when \`npm run costs\` is run; a test holds everything else on this page to the code.

## When nothing is measured

How often fewer workers were wanted in six hours without any datapoint, each of another day, and jobs lost / repeated:

${outageTable([...all, plainTracking()])}

CloudWatch looks a little further back than an alarm needs: what was last known stands for two minutes more, in which a policy may take a worker away. Target tracking by
an alarm of its own, as the source sets it, goes on for longer; ours in its place wants all of its fifteen minutes.

## When workers are taken away

Two hours of 40 jobs a minute and a burst of 500, of which each tenth takes five minutes: jobs lost / repeated, by how the worker ends.

${endingTable(all)}

The rules and the target take nobody away while more than ten or eighteen jobs are there, so that they have nothing to lose, and fifty workers. The last line is what the recipe of
\`agent/worker/\` does.

## When jobs cannot be done

The most workers, and the worker-hours of three hours:

${poisonTable(all)}

The policies alone know nothing of it. Ours holds the maximum down to ten after ten minutes in vain, or three of errors, tells people with
the reasons, and goes back when all is well; in the loads above it never does.
`;
}

/** What the table says of bursts, in words. */
function said(rows: BurstRow[]): string {
  const [rules, early] = rows as [BurstRow, BurstRow];
  const ours = rows.at(-1) as BurstRow;
  const against = (other: BurstRow) => `${whole(other.drained)} s and ${other.hours.toFixed(1)} worker-hours`;
  return (
    `**Ours drains the burst in ${whole(ours.drained)} s for ${ours.hours.toFixed(1)} worker-hours**; the source's rules take ${against(rules)}, ` +
    `and ${against(early)} if their cooldowns began with the order.`
  );
}

if (import.meta.main) {
  const all = ways();
  writeFileSync(
    new URL('../docs/queue-scaling.md', import.meta.url),
    queueScalingPage(monthRows(all), all, bursted(all)),
  );
}
