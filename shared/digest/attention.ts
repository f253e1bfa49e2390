import { tell } from '../notices/by-hand.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { wallClock } from '../time/wall-clock.ts';
import { digestWordsOf } from '../words/digest.ts';
import type { Attention } from './digest.ts';

/** What a person should look at, the oldest incident first. */
export function attentionLines(
  { incidents, breakers, pauses, unpriced }: Attention,
  { timezone, stage, notify }: CompiledStage,
): string[] {
  const digest = digestWordsOf({ notify });
  const time = (instant: number) => {
    const { date, time: clock } = wallClock(instant, timezone);
    return `${date} ${clock}`;
  };
  return [
    ...incidents.map(({ workload, title, openedAt, acknowledgedBy: by }) => {
      const line = digest.incident(workload, title, time(openedAt));
      return by === undefined ? line : `${line}; ${digest.looksAfter(by)}`;
    }),
    ...breakers.map(({ workload, failures }) => digest.breaker(failures, tell('resume', workload, stage))),
    ...pauses.map(({ workload, by, why, until }) => {
      const line = digest.paused(workload ?? digest.stage, by, why);
      return until === undefined ? line : `${line}, ${digest.pausedUntil(time(Date.parse(until)))}`;
    }),
    ...unpriced.map((what) => digest.unpriced(what)),
  ];
}
