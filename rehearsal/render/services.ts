import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { IncidentReport, ServicesReport, Totals } from '../report/incidents.ts';

/** What befell the services, for the terminal: a row an incident, and beside it what a pinger alone would have come to. */
export function renderServices({ services }: { services?: ServicesReport }): string | undefined {
  if (!services) return undefined;
  const table = new Table({
    head: ['incident', 'of', 'down since', 'noticed', 'recovery', 'helped', 'down', 'pinger: noticed', 'down'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'left', 'right', 'right', 'left', 'right', 'right', 'right'],
  });
  for (const incident of services.incidents) table.push(row(incident));
  const { lamplighter, pinger } = services.totals;
  return [
    table.toString(),
    `  Lamplighter: ${summed(lamplighter)}`,
    `  A pinger:    ${summed(pinger)}`,
    ...services.assumptions.map((text) => styleText('dim', `  ${text}`)),
    '',
  ].join('\n');
}

function row(incident: IncidentReport): string[] {
  const { kind, workload = '–', at, downAt, recoveryAt, helped = '–', pinger } = incident;
  return [
    ...[kind, workload, (downAt ?? at).slice(5, 16).replace('T', ' ')],
    ...[after(incident.minutesToNotice), since(downAt, recoveryAt), helped, long(incident.minutesDown)],
    ...[after(pinger.minutesToNotice), long(pinger.minutesDown)],
  ];
}

function summed({ noticed, incidents, medianMinutesToNotice, medianMinutesDown, hoursDown }: Totals): string {
  const told = `${noticed} of ${incidents} noticed, in ${after(medianMinutesToNotice)} in the middle`;
  return `${told}; down for ${long(medianMinutesDown)} in the middle, ${hoursDown} h in all`;
}

function since(from: string | undefined, to: string | undefined): string {
  return from && to ? after(Math.round((Date.parse(to) - Date.parse(from)) / 6000) / 10) : '–';
}

/** Below nothing it was told before. */
function after(minutes: number | undefined): string {
  if (minutes === undefined) return '–';
  return minutes < 0 ? `${long(-minutes)} before` : `${minutes} min`;
}

function long(minutes: number): string {
  if (minutes >= 2 * 1440) return `${(minutes / 1440).toFixed(1)} d`;
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
