import { unpriced } from '../../../shared/cost/workers.ts';
import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import { pipelines } from '../../../shared/stage/kinds.ts';
import { type Finding, ok, warning } from './finding.ts';

const SOON_MS = 60 * 86_400_000;

/** What the stage file itself shows, and packaging does not refuse. @param now milliseconds since the epoch */
export function stageFile(compiled: CompiledStage, now: number): Finding[] {
  const { stage, calendar, workloads, queues, prices } = compiled;
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
  return [calendarFinding, ...closedDays(compiled, now), priceFinding];
}

/** Days on which an exchange is closed are written down year by year, by somebody who has to think of it. */
function closedDays(stage: Pick<CompiledStage, 'workloads'>, now: number): Finding[] {
  const year = String(new Date(now + SOON_MS).getUTCFullYear());
  return pipelines(stage).flatMap(([name, { closed }]) => {
    const dates = Object.keys(closed).sort();
    const last = dates.at(-1);
    if (!last) return [];
    const of = `${closed[last]} is closed on ${last}`;
    return dates.some((date) => date.startsWith(year))
      ? [ok(`${name}: closed days`, `there are some of ${year}; ${of}`)]
      : [warning(`${name}: closed days`, `none of ${year}; ${of}`, `write those of ${year} under calendar.closed`)];
  });
}
