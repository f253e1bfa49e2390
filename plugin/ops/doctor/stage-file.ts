import { unpriced } from '../../../shared/cost/workers.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { type Finding, ok, warning } from './finding.ts';

const SOON_MS = 60 * 86_400_000;

/** What the stage file itself shows, and packaging does not refuse. @param now milliseconds since the epoch */
export function stageFile({ stage, calendar, workloads, queues, prices }: CompiledStage, now: number): Finding[] {
  const isSoon = Date.parse(`${calendar.until}T00:00:00Z`) - now < SOON_MS;
  const calendarFinding = isSoon
    ? warning('calendar', `holidays are known until ${calendar.until}`, `deploy again: npx sls deploy --stage ${stage}`)
    : ok(
        'calendar',
        calendar.until.startsWith('9999') ? 'no country, so no holidays' : `known until ${calendar.until}`,
      );
  const unknown = unpriced({ workloads, queues, prices });
  const priceFinding =
    unknown.length === 0
      ? ok('prices', 'all are known')
      : warning(
          'prices',
          `no price of ${unknown.join(', ')}`,
          'write it under prices, as instance.type, as parts or as workers.task, or the cost is unknown and no limit sees it',
        );
  return [calendarFinding, priceFinding];
}
