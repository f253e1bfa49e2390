import type { OptionName } from '../../discord/commands.ts';
import type { Order } from '../../discord/order.ts';
import type { Right } from '../../stage/compiled.ts';

/** What Discord's commands and buttons say; times are in Discord's own form, which each reads in their own zone. */

const said: Record<Order['act'], string> = {
  ...{ start: 'start', stop: 'stop', keep: 'extend', skip: 'skip', pause: 'pause', resume: 'resume' },
};
/** A role as Discord writes it. */
const roles = (ids: string[]) => ids.map((id) => `<@&${id}>`).join(', ');
const until = (end: string | undefined) => (end ? ` until ${end}` : '');

export const commands = {
  descriptions: {
    status: 'Show what is on, what people said, what comes next and what is wrong',
    runs: 'Show the newest runs of a workload: when, how long, how they ended',
    start: 'Start a workload now',
    stop: 'Stop a workload now',
    extend: 'Keep on what is on, until later',
    skip: 'Start nothing today',
    pause: 'Start nothing until somebody resumes',
    resume: 'Back to the schedule: ends a pause, a skip and an extension',
  } as Record<Exclude<Right, 'approve' | 'acknowledge'>, string>,
  options: {
    workload: 'The workload; the whole stage without it',
    theWorkload: 'The workload',
    why: 'The reason, for whoever wonders later',
    until: '22:00, 2026-11-02T22:00, or with an offset',
    limit: 'How many (10)',
  },
  elsewhere: (stage: string) => `This is not the server of Discord that stage ${stage} listens to.`,
  notOurs: 'This command or button is not known here. Register the commands again: sls ops discord.',
  mayNot: (right: Right, ids: string[]) =>
    ids.length > 0
      ? `You may not ${right} here: that needs one of ${roles(ids)}.`
      : `Nobody may ${right} here: the stage file gives it to no role.`,
  missing: (option: OptionName) => `${option} is missing: say it too.`,
  unknown: (command: string, name: string, known: string[]) =>
    `There is no "${name}" to ${command}. There is: ${known.join(', ') || 'nothing'}.`,
  tooLong: (most: number) => `The reason is too long: ${most} characters at most.`,
  howMany: (most: number) => `limit: say a whole number from 1 to ${most}.`,
  notHandedOver: (error: string) => `Nothing was done (${error}). Say it again; if that does not help, use sls ops.`,
  answered: 'Somebody has answered this already.',
  late: 'Nothing was done: nobody said yes within five minutes. Say it again.',
  calledOff: (order: string, by: string) => `Called off by ${by}: ${order}`,
  confirmedBy: (by: string, other: string) => `${by}, confirmed by ${other}`,
  beingDone: (order: string, by: string) => `Yes by ${by}: ${order} …`,
  ordered: ({ act, workload, until: end }: Pick<Order, 'act' | 'workload' | 'until'>) =>
    `${said[act]} ${workload ?? 'the whole stage'}${until(end)}`,
  asks: (order: string, { by, why }: Pick<Order, 'by' | 'why'>) => `**${order}?**\n${by}: ${why}`,
  askedBelow: 'This stops something: say yes below, or somebody else who may.',
  done: (what: string, { by, why }: Pick<Order, 'by' | 'why'>) => `**${what}**\n${by}: ${why}`,
  doneBelow: 'Done.',
  notDone: (message: string) => `Not done. ${message}`,
  notDoneOf: (order: string, message: string) => `Not done: ${order}. ${message}`,
  failed: (name: string, message: string) => `${name}: ${message}`,
  noIncident: 'This incident is over.',
  approved: (said: string, by: string) => `${said}, by ${by}`,
  yes: 'Yes',
  no: 'No',
  more: (count: number) => `… and ${count} more`,
  noRuns: 'No runs yet.',
  runsOf: (workload: string) => `Runs of ${workload}`,
  status: {
    title: (stage: string) => `Stage ${stage}`,
    next: (start: string) => `starts ${start}`,
    stops: (end: string) => `off by ${end}`,
    goesOn: (run: string) => `run ${run} goes on`,
    last: (how: string, key: string) => `last ${how} (${key})`,
    held: (why: string) => `held: ${why}`,
    since: (time: string) => `since ${time}`,
    jobs: (count: number) => `${count} jobs`,
    workers: (count: number) => `${count} workers`,
    uptime: (percent: string) => `${percent} % up in 30 days`,
    word: (act: 'pause' | 'skip' | 'keep', by: string, why: string, end: string | undefined) =>
      `${{ pause: 'paused', skip: 'skipped', keep: 'kept' }[act]}${until(end)} by ${by}: ${why}`,
    emergency: (by: string, why: string) => `stopped in an emergency by ${by}: ${why}`,
    overBudget: (usd: string, limit: string, end: string) =>
      `over budget, ${usd} of ${limit}: nothing starts until ${end}`,
    breaker: (failures: number) => `breaker open after ${failures} failures in a row`,
    incident: (title: string, since: string, by: string | undefined) =>
      `${title} since ${since}${by ? `, ${by} looks after it` : ''}`,
    spend: (today: string, limit: string | undefined) => `today ${today}${limit ? ` of ${limit}` : ''}, estimated`,
    month: (usd: string) => `this month ${usd}`,
  },
  /** How something is or ended; what is not here is as it is recorded. */
  states: {} as Record<string, string | undefined>,
  minutes: (count: number) => `${count} min`,
  by: (who: string) => `by ${who}`,
};
