import type { Person } from '../scenario/incidents.ts';
import { downMs, type Incident, isDownBy } from './incidents/course.ts';
import { mendedAt } from './person.ts';

/** How often a pinger outside asks that costs nothing, as the source recommends it. */
export const PINGS_MS = 5 * 60_000;

/** What came of an incident; instants in milliseconds since the epoch. */
export interface Outcome {
  /** When somebody was told of it. */
  noticedAt?: number;
  /** When it was over. */
  upAt?: number;
  downMs: number;
}

/**
 * What an incident would have come to with a pinger outside that asks every five minutes, and with nothing that recovers:
 * whoever it tells mends it. It asks from a network of its own, and looks at no certificate before it has ended.
 *
 * @param until when the rehearsal ends
 */
export function pinged(incident: Incident, person: Person, timezone: string, until: number): Outcome {
  const { kind, downFrom, endsAt } = incident;
  if (kind === 'network') return { downMs: 0 };
  const noticedAt = firstPing(incident, Math.min(endsAt, until));
  // A zone is nobody's to mend.
  const mended =
    noticedAt === undefined || kind === 'zone' ? Number.POSITIVE_INFINITY : mendedAt(noticedAt, person, timezone);
  const end = Math.min(endsAt, mended);
  return {
    ...(noticedAt !== undefined && { noticedAt }),
    ...(end < Number.POSITIVE_INFINITY && downFrom < until && { upAt: end }),
    downMs: downMs(incident, Math.min(end, until)),
  };
}

/** The first time that it asks and gets no good answer; of the very moment it has asked before. */
function firstPing(incident: Incident, end: number): number | undefined {
  for (let at = Math.floor(incident.downFrom / PINGS_MS) * PINGS_MS + PINGS_MS; at < end; at += PINGS_MS)
    if (isDownBy(incident, at)) return at;
  return undefined;
}
