import { dollars } from '../cost/items.ts';
import { spendOf } from '../cost/spend.ts';
import { minutes } from '../notices/parts.ts';
import type { QueueDay } from '../queues/day.ts';
import type { CompiledStage, QueueWorkload } from '../stage/compiled.ts';
import type { LedgerDay } from '../state/ledger.ts';
import { digestWordsOf } from '../words/digest.ts';
import { wordsOf } from '../words/words.ts';
import type { Facts, QueueFacts, Span } from './digest.ts';

/** What a queue and its workers did on some days, together. */
export function queueFacts(
  name: string,
  { budget }: Pick<QueueWorkload, 'budget'>,
  days: readonly QueueDay[],
  ledger: readonly LedgerDay[],
): QueueFacts {
  const sum = (of: Exclude<keyof QueueDay, 'day'>) => days.reduce((total, day) => total + day[of], 0);
  const most = (of: Exclude<keyof QueueDay, 'day'>) => Math.max(...days.map((day) => day[of]));
  const known = ledger.some(({ workloads }) => Object.hasOwn(workloads, name));
  return {
    name,
    ...(days.length > 0 && {
      days: {
        ...{ arrived: sum('arrived'), done: sum('done'), failed: sum('failed'), workerSeconds: sum('workerSeconds') },
        ...{ peakWorkers: most('peakWorkers'), peakBacklog: most('peakBacklog') },
        ...{ unreadableMinutes: sum('unreadableMinutes'), cappedMinutes: sum('cappedMinutes') },
      },
    }),
    ...(known && { usd: spendOf(ledger, name).usd }),
    ...(budget && { limit: budget.daily }),
  };
}

/** One line for each queue. */
export function queueLines(queues: QueueFacts[], { period }: Span, stage: CompiledStage): string[] {
  const words = digestWordsOf(stage).queues;
  return queues.map((queue) => {
    const what = [...(queue.days ? doneWords(queue.days, stage) : [words.unknown]), ...spentWords(queue, stage)];
    return (period === 'daily' ? words.today : words.days)(queue.name, what.join(', '));
  });
}

function doneWords(days: NonNullable<QueueFacts['days']>, stage: CompiledStage): string[] {
  const words = digestWordsOf(stage).queues;
  const duration = (of: number) => minutes(of * 60, wordsOf(stage));
  return [
    words.done(days.done),
    ...(days.failed > 0 ? [words.failed(days.failed)] : []),
    words.workers((days.workerSeconds / 3600).toFixed(1), days.peakWorkers),
    ...(days.peakBacklog > 0 ? [words.backlog(days.peakBacklog)] : []),
    ...(days.unreadableMinutes > 0 ? [words.unreadable(duration(days.unreadableMinutes))] : []),
    ...(days.cappedMinutes > 0 ? [words.capped(duration(days.cappedMinutes))] : []),
  ];
}

function spentWords({ usd, limit }: QueueFacts, stage: CompiledStage): string[] {
  const words = digestWordsOf(stage);
  if (usd === undefined) return [];
  return [limit === undefined ? words.spent(dollars(usd)) : words.spentOf(dollars(usd), dollars(limit))];
}

/** A stage of queues alone tells of jobs. */
export function queueTitleOf({ span, queues }: Facts, stage: CompiledStage): string | undefined {
  const others = Object.keys(stage.workloads).length + Object.keys(stage.services).length;
  if (others > 0 || queues.length === 0) return undefined;
  const sum = (of: 'done' | 'failed') => queues.reduce((total, { days }) => total + (days?.[of] ?? 0), 0);
  return digestWordsOf(stage).queues.titles[span.period](sum('done'), sum('failed'));
}
