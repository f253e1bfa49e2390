import type { Notice } from '../notices/notice.ts';
import { calendarLines } from '../notices/parts.ts';
import type { CompiledStage } from '../stage/compiled.ts';
import { wallClock, wallTime } from '../time/wall-clock.ts';
import { digestWordsOf } from '../words/digest.ts';
import { attentionLines } from './attention.ts';
import type { Facts } from './digest.ts';
import { spendLines, workloadLines } from './lines.ts';
import { checkLines } from './pipeline.ts';
import { queueLines, queueTitleOf } from './queue.ts';
import { serviceLines, titleOf } from './service.ts';

/** A digest as a notice: one for each time that it is asked for. */
export function digestNotice(facts: Facts, stage: CompiledStage, now: number = Date.now()): Notice {
  const { span, workloads, services, queues, spend, attention, picture } = facts;
  const words = digestWordsOf(stage);
  const time = (instant: number) => {
    const { date, time: clock } = wallClock(instant, stage.timezone);
    return `${date} ${clock}`;
  };
  const todo = [...attentionLines(attention, stage), ...calendarLines(stage, now)];
  const runs = workloads.flatMap(({ outcomes }) => Object.values(outcomes)).reduce((sum, count) => sum + count, 0);
  const failed = workloads.reduce((sum, one) => sum + one.failed.length, 0);
  return {
    id: `lamplighter digest ${span.period} ${wallTime(span.to, stage.timezone).slice(0, 16)}`,
    at: wallTime(now, stage.timezone),
    stage: stage.stage,
    workload: 'lamplighter',
    severity: 'info',
    title: titleOf(facts, stage) ?? queueTitleOf(facts, stage) ?? words.titles[span.period](runs, failed),
    lines: [
      words.span(time(span.from), time(span.to)),
      ...workloads.flatMap((one) => workloadLines(one, stage, now)),
      ...checkLines(facts, stage),
      ...serviceLines(services, stage),
      ...queueLines(queues, span, stage),
      ...spendLines(spend, stage, now),
      ...(todo.length === 0 ? [words.allWell] : []),
    ],
    ...(todo.length > 0 && { todo }),
    ...(picture && { picture }),
  };
}
