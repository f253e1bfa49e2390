import { writeFileSync } from 'node:fs';
import { asOf } from '../shared/prices/prices.ts';
import { dailyBatch } from './costs/daily-batch.ts';
import { ec2Batch } from './costs/ec2-batch.ts';
import { environmentHours } from './costs/environment-hours.ts';
import { externalMonitoring } from './costs/external-monitoring.ts';
import { hybridQueueScaling } from './costs/hybrid-queue-scaling.ts';
import { type CostTable, markdown } from './costs/table.ts';

/** Writes the page on what the sources say that things cost, reckoned by the code that reckons everything else. */

export function costTables(): CostTable[] {
  return [ec2Batch(), environmentHours(), externalMonitoring(), hybridQueueScaling(), dailyBatch()];
}

export function costsPage(): string {
  return `# What the sources cost

Five teams wrote down what they pay. Here are their tables, reckoned again by the code of \`sls ops cost\` (\`shared/cost/\`):
*its own numbers* are what the source's own hours and prices give, *list price* is what AWS asks in Seoul, on demand, before tax,
discounts and free tiers, by \`shared/prices/prices.json\` (EC2 of ${asOf}; each section names its source and its day;
CloudWatch's prices are N. Virginia's). A month has 730 hours where a source does not say otherwise. The page is written by \`npm run costs\`, and a test holds it to the code.

${costTables().map(markdown).join('\n')}`;
}

if (import.meta.main) writeFileSync(new URL('../docs/costs.md', import.meta.url), costsPage());
