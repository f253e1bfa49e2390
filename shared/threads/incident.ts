import type { Severity } from '../stage/compiled.ts';
import { localTime } from '../time/slots.ts';
import type { Thread } from './thread.ts';

/** An open incident, as people are told of it. */
export interface OpenIncident {
  workload: string;
  cause?: string;
  severity: Severity;
  title: string;
  since: string;
  count: number;
  acknowledgedBy?: string;
}

/** Open incidents for people to read, the oldest first. */
export function incidentsOf(threads: Thread[], timezone: string): OpenIncident[] {
  return threads
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .map(({ workload, notice: { cause, title }, severity, openedAt, count, acknowledged }) => ({
      ...{ workload, cause, severity, title, since: localTime(openedAt, timezone), count },
      ...(acknowledged && { acknowledgedBy: acknowledged.by }),
    }));
}
