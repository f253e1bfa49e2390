import { dollars } from '../../shared/cost/items.ts';
import type { CommandWords } from '../../shared/words/commands.ts';
import type { Output, QueueStatus, ServiceStatus, WorkloadStatus } from '../show-status/contract.ts';
import { instant } from './instant.ts';

type Status = WorkloadStatus | ServiceStatus | QueueStatus;

/** What show-status answers, as lines of a message: one for each thing, and what is wrong with it below. */
export function statusLines({ words: said, overBudget, ...status }: Output, words: CommandWords): string[] {
  const all: [string, Status][] = [status.workloads, status.services, status.queues].flatMap((some) =>
    Object.entries<Status>(some),
  );
  return [
    ...saidOf({ words: said, incidents: status.incidents, ...(overBudget && { overBudget }) }, words),
    ...all.flatMap(([name, one]) => [
      `${MARKS[one.now] ?? '⚪'} **${name}** ${[words.states[one.now] ?? one.now, ...factsOf(one, words)].join(' · ')}`,
      ...saidOf(one, words).map((line) => `  ${line}`),
    ]),
    ...spendOf(status.spending, words),
  ];
}

const MARKS: Record<string, string> = {
  ...{ on: '🟢', up: '🟢', working: '🟢', empty: '🟢', starting: '🟡', stopping: '🟡', changing: '🟡', waiting: '🟡' },
  ...{ failing: '🟡', broken: '🔴', missing: '🔴', down: '🔴', unreadable: '🔴' },
};

function factsOf(one: Status, { status, states }: CommandWords): string[] {
  if (one.kind === 'service') {
    const { percent } = one.uptime.month;
    return [
      ...(one.since ? [status.since(instant(one.since))] : []),
      ...(one.why ? [one.why] : []),
      ...(percent === undefined ? [] : [status.uptime(percent.toFixed(2))]),
    ];
  }
  if (one.kind === 'queue')
    return [
      ...(one.why ? [one.why] : []),
      ...(one.depth ? [status.jobs(one.depth.backlog)] : []),
      ...(one.workers ? [status.workers(one.workers.running)] : []),
      ...one.held.map(status.held),
    ];
  const { running, last, next, held } = one;
  const isOff = one.now === 'off' || one.now === 'missing';
  return [
    ...(running ? [status.goesOn(running.key)] : []),
    ...(!running && last ? [status.last(states[last.status] ?? last.status, last.key)] : []),
    ...(next.stop && !isOff ? [status.stops(instant(next.stop))] : []),
    ...(next.start && isOff ? [status.next(instant(next.start))] : []),
    ...held.map(status.held),
  ];
}

function saidOf(
  of: Pick<WorkloadStatus, 'words' | 'incidents' | 'overBudget'> & Partial<Pick<WorkloadStatus, 'breaker'>>,
  { status }: CommandWords,
): string[] {
  const { overBudget, breaker } = of;
  return [
    ...of.words.map(({ act, by, why, until, emergency }) =>
      emergency ? status.emergency(by, why) : status.word(act, by, why, until && instant(until)),
    ),
    ...(overBudget
      ? [status.overBudget(dollars(overBudget.usd), dollars(overBudget.limit), instant(overBudget.until))]
      : []),
    ...(breaker && breaker.failures >= breaker.opensAt ? [status.breaker(breaker.failures)] : []),
    ...of.incidents.map(({ title, since, acknowledgedBy }) => status.incident(title, instant(since), acknowledgedBy)),
  ].map((line) => `⚠️ ${line}`);
}

function spendOf({ today, month, limits }: Output['spending'], { status }: CommandWords): string[] {
  const limit = limits.daily === undefined ? undefined : dollars(limits.daily);
  const parts = [
    ...(today ? [status.spend(dollars(today.usd), limit)] : []),
    ...(month ? [status.month(dollars(month.usd))] : []),
  ];
  return parts.length > 0 ? [parts.join(' · ')] : [];
}
