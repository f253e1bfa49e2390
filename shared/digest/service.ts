import { minutes } from '../notices/parts.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import type { Run } from '../state/runs.ts';
import { type Downtime, type Hour, uptimeOf } from '../uptime/uptime.ts';
import { serviceWordsOf } from '../words/services.ts';
import { wordsOf } from '../words/words.ts';
import type { Facts, ServiceFacts, Span } from './digest.ts';

interface Recorded {
  name: string;
  hours: Hour[];
  downtimes: Downtime[];
  /** Its recoveries. */
  runs: Run[];
}

/** How a service was in a span. */
export function serviceFacts({ name, hours, downtimes, runs }: Recorded, { from, to }: Span): ServiceFacts {
  const { percent, downMinutes, downtimes: count, longestMinutes } = uptimeOf(hours, downtimes, from, to);
  const done = runs.filter(({ steps = [], status }) => steps.length > 0 && status !== 'running');
  const helped = done.filter(({ status }) => status === 'succeeded').length;
  return {
    ...{ name, downMinutes, downtimes: count, longestMinutes },
    ...(percent !== undefined && { percent }),
    recoveries: { helped, failed: done.length - helped },
  };
}

/** One line for each service. */
export function serviceLines(services: ServiceFacts[], stage: CompiledStage): string[] {
  const { digest } = serviceWordsOf(stage);
  const words = wordsOf(stage);
  return services.map(({ name, percent, downtimes, downMinutes, longestMinutes, recoveries }) => {
    const duration = (of: number) => minutes(of * 60, words);
    return digest.service(
      name,
      [
        percent === undefined ? digest.unwatched : digest.up(floored(percent)),
        ...(downtimes > 0 ? [digest.down(downtimes, duration(downMinutes), duration(longestMinutes))] : []),
        ...(recoveries.helped > 0 ? [digest.helped(recoveries.helped)] : []),
        ...(recoveries.failed > 0 ? [digest.left(recoveries.failed)] : []),
      ].join(', '),
    );
  });
}

/** Of a stage that runs nothing its digest tells of what is watched. */
export function titleOf({ span, services }: Facts, stage: CompiledStage): string | undefined {
  if (Object.keys(stage.workloads).length > 0 || services.length === 0) return undefined;
  const down = services.reduce((sum, { downtimes }) => sum + downtimes, 0);
  return serviceWordsOf(stage).digest.titles[span.period](services.length, down);
}

/** Never rounded up to what it was not. */
function floored(percent: number): string {
  return (Math.floor(percent * 100) / 100).toFixed(2);
}
