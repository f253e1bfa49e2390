import type { Because } from '../../messages/message.ts';
import type { Severity } from '../../stage/compiled.ts';

export const severities: Record<Severity, string> = {
  info: 'info',
  success: 'success',
  warning: 'warning',
  critical: 'critical',
};

/** What stands around a notice where a channel shows it. */
export const message = {
  picture: (month: string) => `Hours on and spending in ${month}`,
  did: 'Done',
  todo: 'To do',
  earlier: 'Earlier',
  more: (count: string) => `and ${count} more`,
  stage: (name: string) => `stage ${name}`,
  whole: 'The whole',
  resolvedTitle: (title: string) => `Resolved: ${title}`,
  flappingTitle: (title: string) => `Flapping: ${title}`,
  openSince: (time: string) => `open since ${time}`,
  since: (time: string) => `since ${time}`,
  resolvedAfter: (duration: string) => `resolved after ${duration}`,
  flapping: (count: number, time: string) => `flapping: ${count} times since ${time}`,
  acknowledged: (who: string, time: string) => `${who} looks after it since ${time}`,
};

/** Why a channel carries a message, or carries it again: before everything else. */
export const because = {
  reminder: 'reminder: it is still open, and nobody has acknowledged it',
  escalated: (within: string | undefined) =>
    `escalated because nobody acknowledged${within ? ` within ${within}` : ' it'}`,
  answered: (channel: string, status: string) => `carried here because ${channel} answered ${status}`,
  failed: (channel: string, why: string) => `carried here because ${channel} could not${why && `: ${why}`}`,
  short: { reminder: 'reminder', escalation: 'escalated', fallback: 'fallback' } satisfies Record<
    Because['what'],
    string
  >,
};

export const links = {
  run: 'Run',
  log: 'Log',
  logs: 'Logs',
  instance: 'Instance',
  stack: 'Stack',
  alarm: 'Alarm',
  dashboard: 'Dashboard',
};

/** Notices of Lamplighter about itself. */
export const own = {
  storm: (count: string, causes: number) => `${count} more notices of ${causes} causes`,
  stormLines: (since: string) => `Since ${since} there are too many to say each. All of them are kept and counted.`,
  stormShare: (workload: string, count: string) => `${workload}: ${count}`,
  stormMore: (workloads: number) => `and ${workloads} workloads more`,
  stormTodo: 'Look for what they have in common: credentials, a quota, an outage of AWS.',
  stormOver: 'The storm of notices is over',
  stormOverLines: (count: string, since: string) =>
    `${count} were not said one by one since ${since}. From now on each is said again.`,
  test: (stage: string) => `Test: notices of ${stage} arrive`,
  testIsRoutine: 'This comes every day and says that nothing is wrong.',
  testIfMissing:
    'If it does not come one day, this channel is broken: look at its queue and at the log of its function.',
  alarm: (name: string, state: string) => `${name} is ${state}`,
};
