import { median } from '../../shared/cost/median.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { localTime } from '../../shared/time/slots.ts';
import { round } from '../cost.ts';
import type { Journal } from '../journal.ts';
import { downMs, type Incident, incidentsOf } from '../outside/incidents/course.ts';
import { type Outcome, PINGS_MS, pinged } from '../outside/pinger.ts';
import type { Person } from '../scenario/incidents.ts';
import type { Scenario } from '../scenario.ts';
import { traceOf } from './trace.ts';

/** What befell the services, and what came of it: with Lamplighter, and with a pinger alone. */
export interface ServicesReport {
  incidents: IncidentReport[];
  totals: { lamplighter: Totals; pinger: Totals };
  /** What is taken for granted in it. */
  assumptions: string[];
}

export interface IncidentReport {
  kind: string;
  workload?: string;
  /** When it began, and when the service was down by it first. */
  at: string;
  downAt?: string;
  /**
   * The first check that failed, the first alarm that went off and when a recovery heard of it, when people were told, when a
   * recovery began.
   */
  failedAt?: string;
  alarmAt?: string;
  heardAt?: string;
  noticedAt?: string;
  recoveryAt?: string;
  /** Minutes from when it was down until people were told; below nothing where they were told before. */
  minutesToNotice?: number;
  /** What helped: a step, `a person`, or `itself`. */
  helped?: string;
  upAt?: string;
  minutesDown: number;
  /** The same with a pinger that asks every five minutes, and nothing that recovers. */
  pinger: { noticedAt?: string; upAt?: string; minutesToNotice?: number; minutesDown: number };
}

export interface Totals {
  incidents: number;
  noticed: number;
  medianMinutesToNotice?: number;
  medianMinutesDown: number;
  hoursDown: number;
}

interface Facts {
  stage: CompiledStage;
  scenario: Scenario;
  to: number;
}

/** What befell the services of a stage; undefined where the scenario has nothing befall them. */
export function servicesReport({ stage, scenario, to }: Facts, journal: Journal): ServicesReport | undefined {
  const incidents = incidentsOf(scenario, stage.timezone).filter(({ at }) => at < to);
  if (incidents.length === 0) return undefined;
  const rows = incidents.map((incident) => {
    const trace = traceOf(incident, stage, journal, to);
    return { incident, trace, pinger: pinged(incident, scenario.person, stage.timezone, to) };
  });
  return {
    incidents: rows.map(({ incident, trace, pinger }) => ({
      kind: incident.kind,
      ...(incident.workload && { workload: incident.workload }),
      at: localTime(incident.at, stage.timezone),
      ...times(stage, { downAt: isDownEver(incident, trace.upAt) ? incident.downFrom : undefined }),
      ...times(stage, { failedAt: trace.failedAt, alarmAt: trace.alarmAt, heardAt: trace.heardAt }),
      ...times(stage, { recoveryAt: trace.recoveryAt }),
      ...noticed(incident, trace, stage),
      ...(trace.helped !== undefined && { helped: trace.helped }),
      minutesDown: minutes(trace.downMs),
      pinger: { ...noticed(incident, pinger, stage), minutesDown: minutes(pinger.downMs) },
    })),
    totals: {
      lamplighter: totals(rows.map(({ incident, trace }) => ({ incident, ...trace }))),
      pinger: totals(rows.map(({ incident, pinger }) => ({ incident, ...pinger }))),
    },
    assumptions: assumptions(scenario.person),
  };
}

type Row = Outcome & { incident: Incident };

function totals(rows: Row[]): Totals {
  const toNotice = rows.flatMap(({ incident, noticedAt }) =>
    noticedAt === undefined || incident.kind === 'network' ? [] : [minutes(noticedAt - incident.downFrom)],
  );
  const down = rows.filter(({ incident }) => incident.kind !== 'network').map((row) => minutes(row.downMs));
  return {
    incidents: rows.length,
    noticed: rows.filter(({ noticedAt }) => noticedAt !== undefined).length,
    ...(toNotice.length > 0 && { medianMinutesToNotice: round(median(toNotice) ?? 0, 1) }),
    medianMinutesDown: round(median(down) ?? 0, 1),
    hoursDown: round(rows.reduce((sum, row) => sum + row.downMs, 0) / 3_600_000, 1),
  };
}

function noticed(incident: Incident, { noticedAt, upAt }: Outcome, stage: CompiledStage) {
  return {
    ...times(stage, { noticedAt, upAt }),
    ...(noticedAt !== undefined && {
      minutesToNotice: minutes(noticedAt - (incident.kind === 'network' ? incident.at : incident.downFrom)),
    }),
  };
}

function isDownEver(incident: Incident, upAt = Number.POSITIVE_INFINITY): boolean {
  return downMs(incident, upAt) > 0;
}

/** In local time; what never was is left out. */
function times<Name extends string>({ timezone }: CompiledStage, instants: Record<Name, number | undefined>) {
  const known = Object.entries<number | undefined>(instants).flatMap(([name, at]) =>
    at === undefined ? [] : [[name, localTime(at, timezone)]],
  );
  return Object.fromEntries(known) as Partial<Record<Name, string>>;
}

function minutes(milliseconds: number): number {
  return round(milliseconds / 60_000, 1);
}

function assumptions({ repairs, from, to }: Person): string[] {
  const mends =
    repairs === 'never'
      ? 'nobody mends what is down'
      : `whoever is told mends it in ${repairs / 60_000} minutes between ${from} and ${to}, otherwise at ${from}: assumed, not measured`;
  return [
    `the pinger asks every ${PINGS_MS / 60_000} minutes, as external-monitoring.md recommends of a free one; it tells at the first answer that is wrong, knows of no certificate, disk or memory, and nothing is recovered`,
    `in both months ${mends}; nobody mends a zone`,
  ];
}
