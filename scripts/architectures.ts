import { writeFileSync } from 'node:fs';
import { billOf } from '../shared/cost/items.ts';
import { asOf } from '../shared/prices/prices.ts';
import { OPTIONS, type Option, WAY_OUT, watch } from './architectures/options.ts';

/** Writes the page on where a service can run: what that costs, and what recovery means there. */

export function architecturesPage(): string {
  return `# Where a service can run, and what recovery means there

The options of \`external-monitoring.md\` with today's prices: what AWS asks in Seoul for a month of 730 hours, on demand, before
tax, discounts and free tiers, by \`shared/prices/prices.json\` (EC2 of ${asOf}; CloudWatch's prices are N. Virginia's). The server is a
t3.small with 30 GB of gp3 and an address. The database (RDS) stays in every option and is in none of the sums, as is what goes
out to the internet. The page is written by \`npm run costs\`, and a test holds it to the code.

| option | the source | list price | of it for watching |
|---|---:|---:|---:|
${OPTIONS.map(row).join('\n')}

Watching one server costs ${usd(billOf(watch()).usd)} a month: ${watch().length} things, of which the checks from outside, once a minute, are
${usd(billOf(watch().slice(0, 5)).usd)}, and are shared by all services of a stage but for what is written down. The rest are five alarms, the metrics of the
CloudWatch agent and a GB of logs. A service that is only watched from outside has no alarms and no agent. The dashboard
is one of three that are free. Servers and tasks here have addresses of their own: without, a NAT gateway is
${usd(billOf(WAY_OUT).usd)} more, and what goes through it.

${OPTIONS.map(section).join('\n')}
## Which

- One server is enough where ten minutes of an outage now and then are no harm: **watch it and let it be recovered**. That is the
  step to take first, whatever follows.
- When outages cost more than ${usd(difference('Load balancer and Auto Scaling, two servers', 'One server, watched'))} a month, take **two servers behind a load balancer**. One server behind it buys replacement,
  not availability.
- When nobody wants to keep a server's system up to date, take **Fargate**; it pays for itself where one task is enough.
- What is only a website without jobs of its own may live on **Vercel**; it is watched just the same.

What runs by the clock and answers nobody needs none of these: a chain of steps like that of \`daily-batch.md\` runs on a server
that is there anyway, or as tasks that end, and its clock and its picture are no server at all: [what that
costs](costs.md#a-chain-of-steps-every-day-daily-batchmd).

Whatever it is, the same things stay a person's: a bad deployment, a full disk, the database, an expired certificate. A recovery
that helped every day hides one of them, which is why there are at most three a day.
`;
}

function row({ title, says, items }: Option): string {
  const watching = items.filter(({ name }) => watch().some((one) => one.name === name));
  return `| ${title} | ${says} | ${usd(billOf(items).usd)} | ${watching.length ? usd(billOf(watching).usd) : '–'} |`;
}

function section({ title, picture, byItself, rungs, left }: Option): string {
  return `## ${title}

\`${picture}\`

- **Mends itself**: ${byItself}
- **Recovery**:${rungs.length === 1 ? ` ${rungs[0]}.` : `\n${rungs.map((rung, index) => `  ${index + 1}. ${rung}.`).join('\n')}`}
- **Left to people**: ${left}
`;
}

function difference(one: string, other: string): number {
  const of = (wanted: string) => billOf(OPTIONS.find(({ title }) => title === wanted)?.items ?? []).usd;
  return of(one) - of(other);
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

if (import.meta.main) writeFileSync(new URL('../docs/architectures.md', import.meta.url), architecturesPage());
