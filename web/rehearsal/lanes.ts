import type { CourseReport } from '../../rehearsal/report/course.ts';
import type { IncidentReport } from '../../rehearsal/report/incidents.ts';
import type { RecoveryReport } from '../../rehearsal/report/recoveries.ts';
import type { Report, RunReport } from '../../rehearsal/report.ts';

/** What can be opened; instants in milliseconds since the epoch. */
export type Item = { id: string; lane: string; from: number; to: number; tone: Tone } & (
  | { what: 'run'; run: RunReport | RecoveryReport }
  | { what: 'incident'; incident: IncidentReport }
  | { what: 'fault'; fault: Report['faults'][number] }
  | { what: 'violation'; violation: Report['violations'][number] }
  | { what: 'notice'; notice: Report['notices'][number] }
);

/** How an item is drawn; not by its colour alone. */
export type Tone = 'well' | 'off' | 'going' | 'bad' | 'warn' | 'notice';

export interface Lane {
  id: string;
  /** A workload, or one of the lanes that are of all. */
  title: { workload: string; kind: string } | 'violations' | 'faults' | 'loud';
  items: Item[];
  /** When it was up, in milliseconds since the epoch. */
  lit?: { from: number; to: number }[];
  course?: CourseReport;
}

const TONES: Record<string, Tone> = { succeeded: 'well', skipped: 'off', running: 'going' };

/** Of all; no workload is called so. */
export const LANES = { violations: '* violations', faults: '* faults', loud: '* loud' } as const;

/** The lanes of a report: first what is of all, then one for each workload. */
export function lanesOf(report: Report): Lane[] {
  const end = Date.parse(report.to);
  const incidents = report.services?.incidents ?? [];
  const services = new Set([
    ...incidents.flatMap(({ workload }) => workload ?? []),
    ...Object.keys(report.recoveries ?? {}),
  ]);
  const lanes: Lane[] = [
    { id: LANES.violations, title: 'violations', items: report.violations.map(violationItem) },
    { id: LANES.faults, title: 'faults', items: [...report.faults.map(faultItem), ...ofNobody(incidents, end)] },
    { id: LANES.loud, title: 'loud', items: loudOf(report).map(noticeItem) },
  ];
  return [
    ...lanes.filter(({ items }) => items.length > 0),
    ...Object.entries(report.workloads).map(
      ([name, { kind, runs, up }]): Lane => ({
        ...{ id: name, title: { workload: name, kind } },
        items: runs.map((run) => runItem(name, run, end)),
        ...(up && { lit: up.map(({ from, to = report.to }) => ({ from: Date.parse(from), to: Date.parse(to) })) }),
      }),
    ),
    ...[...services].map((name): Lane => {
      const befell = incidents.filter(({ workload }) => workload === name).map((one) => incidentItem(name, one, end));
      const recoveries = report.recoveries?.[name] ?? [];
      const items = [...befell, ...recoveries.map((run) => runItem(name, run, end))];
      return { id: name, title: { workload: name, kind: 'service' }, items: items.sort((a, b) => a.from - b.from) };
    }),
    ...Object.entries(report.queues ?? {}).map(
      ([name, { course }]): Lane => ({
        ...{ id: name, title: { workload: name, kind: 'queue' } },
        ...{ items: [], course },
      }),
    ),
  ];
}

/** What people have to read. */
export function loudOf({ notices }: Report): Report['notices'] {
  return notices.filter(({ severity }) => severity === 'critical' || severity === 'warning');
}

/** @param at local times with their offset */
function span(at: string, to: string | undefined): { from: number; to: number } {
  const from = Date.parse(at);
  return { from, to: Math.max(from, to === undefined ? from : Date.parse(to)) };
}

function runItem(lane: string, run: RunReport | RecoveryReport, end: number): Item {
  const { key, status, reason, scheduledFor, startedAt, endedAt, execution } = run;
  // One that had nothing to do is no success to be seen.
  const tone = reason === 'already gone' ? 'off' : (TONES[status] ?? 'bad');
  const begun = startedAt ?? execution?.from ?? scheduledFor;
  const ended = status === 'running' ? new Date(end).toISOString() : endedAt;
  return { id: `run ${lane} ${key}`, lane, ...span(begun, tone === 'off' ? undefined : ended), tone, what: 'run', run };
}

function incidentItem(lane: string, incident: IncidentReport, end: number): Item {
  const { at, downAt = at, upAt, minutesDown } = incident;
  const over = upAt ?? (minutesDown > 0 ? new Date(end).toISOString() : undefined);
  const id = `incident ${lane} ${incident.kind} ${at}`;
  return { id, lane, ...span(downAt, over), tone: 'bad', what: 'incident', incident };
}

function ofNobody(incidents: IncidentReport[], end: number): Item[] {
  return incidents.filter(({ workload }) => workload === undefined).map((one) => incidentItem(LANES.faults, one, end));
}

function faultItem(fault: Report['faults'][number], index: number): Item {
  return {
    id: `fault ${index + 1}`,
    lane: LANES.faults,
    ...span(fault.at, undefined),
    tone: 'warn',
    what: 'fault',
    fault,
  };
}

function violationItem(violation: Report['violations'][number], index: number): Item {
  const shared = { id: `violation ${index + 1}`, lane: LANES.violations, tone: 'bad', what: 'violation' } as const;
  return { ...shared, ...span(violation.at, undefined), violation };
}

function noticeItem(notice: Report['notices'][number], index: number): Item {
  const tone = notice.severity === 'critical' ? 'bad' : 'notice';
  return { id: `notice ${index + 1}`, lane: LANES.loud, ...span(notice.at, undefined), tone, what: 'notice', notice };
}
