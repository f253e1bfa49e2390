import type { Output, Spend, WorkloadStatus } from '../../functions/show-status/contract.ts';
import { dollars } from '../../shared/cost/items.ts';
import { pipelinesTable } from './pipelines-table.ts';
import { queuesTable } from './queues-table.ts';
import { servicesTable } from './services-table.ts';
import { short, table } from './tables.ts';

/** Past this age an estimate is said to be old: it is made every quarter of an hour. */
const OLD_MS = 35 * 60_000;

/** The answer of show-status, for people. */
export function renderStatus(status: Output): string {
  const { stage, region, at, page, words, overBudget, incidents, workloads } = status;
  const rows = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.pipeline ? [] : [rowOf(name, workload, at)],
  );
  return [
    `${stage} in ${region}, ${at.slice(0, 16).replace('T', ' ')} ${at.slice(19)}`,
    ...(page ? [`status page: ${page}`] : []),
    ...words.map((word) => `! ${wordOf(word, at)}`),
    ...(overBudget ? [`! ${overBudgetOf(overBudget, at)}`] : []),
    ...incidents.map((incident) => `! ${incidentOf(incident, at)}`),
    spendingOf(status),
    rows.length > 0
      ? table(['workload', 'now', 'last run', 'next start', 'next stop', 'today', ''], rows).trimEnd()
      : '',
    pipelinesTable(status, { fold, notes: (workload) => notesOf(workload, at) }).trimEnd(),
    servicesTable(status, (service) => saidOf(service, at), fold).trimEnd(),
    queuesTable(status, {
      ...{ fold, spent: ({ today }) => spentOf(today) },
      notes: ({ overBudget: over, ...queue }) => [...(over ? [overBudgetOf(over, at)] : []), ...saidOf(queue, at)],
    }).trimEnd(),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}

function rowOf(name: string, workload: WorkloadStatus, at: string): string[] {
  const { now, seen, running, last, next, today, kind } = workload;
  const what = running ? `${running.act ?? 'run'} since ${short(running.startedAt ?? running.key, at)}` : '';
  const [failed] = last?.reason ? [last.reason] : [];
  return [
    `${name}\n${kind}`,
    [now === 'unknown' || now === 'missing' ? `${now}\n${fold(seen, 30)}` : now, what].filter(Boolean).join('\n'),
    last
      ? `${short(last.key, at)} ${last.act ?? ''} ${last.status}`.replace(/ +/g, ' ') +
        (failed ? `\n${fold(failed, 30)}` : '')
      : '',
    short(next.start, at) || 'none',
    short(next.stop, at),
    spentOf(today),
    notesOf(workload, at)
      .map((note) => fold(note, 48))
      .join('\n'),
  ];
}

function spentOf(today: WorkloadStatus['today']): string {
  if (!today) return '?';
  return `${dollars(today.usd)}${today.limit === undefined ? '' : ` of ${dollars(today.limit)}`}${lacks(today)}`;
}

function saidOf({ words, incidents }: Pick<WorkloadStatus, 'words' | 'incidents'>, at: string): string[] {
  return [...words.map((word) => wordOf(word, at)), ...incidents.map((incident) => incidentOf(incident, at))];
}

function notesOf({ words, breaker, overBudget, incidents, next }: WorkloadStatus, at: string): string[] {
  const { failures, opensAt } = breaker;
  return [
    ...words.map((word) => wordOf(word, at)),
    ...(failures >= opensAt ? [`breaker open: ${failures} failures in a row; resume it`] : []),
    ...(failures > 0 && failures < opensAt ? [`${failures} of ${opensAt} failures in a row`] : []),
    ...(overBudget ? [overBudgetOf(overBudget, at)] : []),
    ...incidents.map((incident) => incidentOf(incident, at)),
    ...next.skipped.slice(0, 1).map((slot) => `${short(slot.at, at)} is skipped: ${slot.why}`),
  ];
}

function overBudgetOf({ until, usd, limit }: NonNullable<Output['overBudget']>, at: string): string {
  return `over budget, ${dollars(usd)} of ${dollars(limit)}: nothing starts until ${short(until, at)} or resumed`;
}

function wordOf({ act, by, why, until, emergency }: Output['words'][number], at: string): string {
  const what = emergency ? 'stopped in an emergency' : { pause: 'paused', skip: 'skipped', keep: 'kept' }[act];
  return `${what} ${until ? `until ${short(until, at)} ` : ''}by ${by}: ${why}`;
}

function incidentOf(
  { severity, title, since, count, acknowledgedBy }: Output['incidents'][number],
  at: string,
): string {
  const times = count > 1 ? ` ×${count}` : '';
  return `${severity}: ${title}${times} since ${short(since, at)}${acknowledgedBy ? `, seen by ${acknowledgedBy}` : ''}`;
}

/** Always an estimate, with its time and with what it leaves out. */
function spendingOf({ spending: { today, month, limits }, at }: Output): string {
  const of = [
    ...(limits.daily === undefined ? [] : [`limit ${dollars(limits.daily)} a day`]),
    ...(limits.emergency === undefined ? [] : [`emergency stop at ${dollars(limits.emergency)}`]),
  ];
  const parts = [
    today ? `today ${dollars(today.usd)}` : 'today unknown: nothing was reckoned yet',
    ...(month ? [`since ${month.since.slice(5)} ${dollars(month.usd)}${billed(month.billedUntil)}`] : []),
    ...of,
  ];
  const newest = today ?? month;
  return [`estimated spend: ${parts.join(', ')}`, ...(newest ? [foundation(newest, at)] : [])].join('\n');
}

function billed(until: string | undefined): string {
  return until ? ` (billed until ${until.slice(5)})` : '';
}

function foundation({ asOf, unknown }: Spend, at: string): string {
  const isOld = Date.parse(at) - Date.parse(asOf) > OLD_MS;
  return `  as of ${short(asOf, at)}${isOld ? ', which is old' : ''}; not in it: ${[...unknown, 'data transfer and what no stage file names'].join(', ')}`;
}

function lacks({ unknown }: Pick<Spend, 'unknown'>): string {
  return unknown.length > 0 ? ' + ?' : '';
}

/** Lines that are no longer than this. */
function fold(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
