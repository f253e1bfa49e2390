import type { Output, QueueStatus } from '../../functions/show-status/contract.ts';
import { short, table } from './tables.ts';

type Line = (text: string, width: number) => string;

/** Queues and their workers, for people; nothing where there are none. */
export function queuesTable(
  { queues, at }: Pick<Output, 'queues' | 'at'>,
  {
    notes,
    spent,
    fold,
  }: { notes: (queue: QueueStatus) => string[]; spent: (queue: QueueStatus) => string; fold: Line },
): string {
  const rows = Object.entries(queues).map(([name, queue]) => [
    `${name}\nqueue`,
    nowOf(queue, at)
      .map((line) => fold(line, 30))
      .join('\n'),
    jobsOf(queue).join('\n'),
    workersOf(queue).join('\n'),
    [...doneOf(queue), spent(queue)].join('\n'),
    [...limitsOf(queue, at), ...notes(queue)].map((note) => fold(note, 40)).join('\n'),
  ]);
  return rows.length === 0 ? '' : table(['queue', 'now', 'jobs', 'workers', 'today', ''], rows);
}

function nowOf({ now, why, since, lookedAt }: QueueStatus, at: string): string[] {
  return [
    `${now}${since ? ` since ${short(since, at)}` : ''}`,
    ...(why ? [why] : []),
    ...(lookedAt ? [`seen ${short(lookedAt, at)}`] : []),
  ];
}

/** What cannot be read is old, and is not shown as if it were so now. */
function jobsOf({ now, depth }: QueueStatus): string[] {
  if (!depth || now === 'unreadable' || now === 'unknown') return ['?'];
  const { waiting, active, due, delayed, failed, paused, oldestSeconds, memoryPercent, errorPercent } = depth;
  const some = (count: number | undefined, what: string) => (count ? [`${count} ${what}`] : []);
  return [
    `${waiting} waiting, ${active} active`,
    ...some(due, 'due'),
    ...some(delayed, 'delayed'),
    ...some(paused, 'paused in the queue itself'),
    ...some(failed, 'failed'),
    ...(oldestSeconds ? [`oldest ${lasting(oldestSeconds)}`] : []),
    ...(errorPercent ? [`${Math.round(errorPercent)} % of those that ended failed`] : []),
    ...(memoryPercent === undefined ? [] : [`Redis ${Math.round(memoryPercent)} % full`]),
  ];
}

function workersOf({ workers, wanted, limits, max }: QueueStatus): string[] {
  const running = workers
    ? `${workers.running} running${workers.pending > 0 ? `, ${workers.pending} starting` : ''}`
    : '? running';
  return [
    running,
    ...(wanted === undefined ? [] : [`${Math.ceil(wanted)} wanted`]),
    limits ? `${limits.min} to ${limits.max}` : `up to ${max}`,
  ];
}

function doneOf({ done }: QueueStatus): string[] {
  if (!done) return [];
  const failed = done.failed > 0 ? `, ${done.failed} failed` : '';
  return [`${done.done} done${failed}`, `${done.workerHours} worker-hours, ${done.peak} at once`];
}

function limitsOf({ capped, limits }: QueueStatus, at: string): string[] {
  const why = { backlog: 'workers did not make the queue shorter', errors: 'too many jobs fail' };
  return [
    ...(capped ? [`held down to ${limits?.max ?? '?'} since ${short(capped.since, at)}: ${why[capped.why]}`] : []),
    ...(limits && !limits.grows ? ['no worker is added'] : []),
    ...(limits && !limits.shrinks ? ['no worker is taken away'] : []),
  ];
}

function lasting(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
