import type { Output, ServiceStatus } from '../../functions/show-status/contract.ts';
import { short, table } from './tables.ts';

type Line = (text: string, width: number) => string;

/** What is watched, for people; nothing where nothing is. */
export function servicesTable(
  { services, at }: Output,
  notes: (service: ServiceStatus) => string[],
  fold: Line,
): string {
  const rows = Object.entries(services).map(([name, service]) => [
    `${name}\nservice`,
    nowOf(service, at),
    Object.entries(service.checks)
      .map(([check, seen]) => fold(checkOf(check, seen, service.openAfter), 34))
      .join('\n'),
    uptimeOf(service.uptime),
    recoveriesOf(service, at),
    [...maintenanceOf(service, at), ...notes(service)].map((note) => fold(note, 40)).join('\n'),
  ]);
  return rows.length === 0 ? '' : table(['service', 'now', 'checks', 'uptime', 'recoveries', ''], rows);
}

function nowOf({ now, why, since, checkedAt }: ServiceStatus, at: string): string {
  const looked = checkedAt ? `seen ${short(checkedAt, at)}` : '';
  return [`${now}${since ? ` since ${short(since, at)}` : ''}`, why ?? '', looked].filter(Boolean).join('\n');
}

function checkOf(
  name: string,
  { outcome, ms, problem, failures, downSince }: ServiceStatus['checks'][string],
  openAfter: number,
): string {
  if (outcome === 'ok' && !downSince) return `${name} ok${ms ? ` ${ms} ms` : ''}`;
  const row = downSince ? ', down' : failures > 0 ? `, ${failures} of ${openAfter} failures` : '';
  return `${name} ${outcome}${row}${problem ? `: ${problem}` : ''}`;
}

/** Never rounded up to what it was not. */
function uptimeOf({ day, week, month }: ServiceStatus['uptime']): string {
  const percent = (of: typeof day) =>
    of.percent === undefined ? '?' : `${(Math.floor(of.percent * 100) / 100).toFixed(2)} %`;
  return `24 h ${percent(day)}\n7 d  ${percent(week)}\n30 d ${percent(month)}`;
}

function recoveriesOf({ recoveries }: ServiceStatus, at: string): string {
  if (!recoveries) return '';
  const { today, atMost, last } = recoveries;
  const how = last && `${short(last.key, at)} ${last.waitsFor ? `${last.waitsFor} waits to be approved` : last.status}`;
  const steps = last?.steps.map(({ rung, result = 'goes on' }) => `${rung} ${result}`) ?? [];
  return [`${today} of ${atMost} today`, how ?? '', ...steps].filter(Boolean).join('\n');
}

function maintenanceOf({ maintenance }: ServiceStatus, at: string): string[] {
  return maintenance ? [`maintenance ${short(maintenance.from, at)} to ${maintenance.to.slice(11, 16)}`] : [];
}
