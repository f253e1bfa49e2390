import { localInstant } from '../../cron.ts';
import type { Cure, IncidentKind } from '../../scenario/incidents.ts';
import type { Scenario } from '../../scenario.ts';

/** Something that befalls a service; instants are milliseconds since the epoch. */
export interface Incident {
  /** `web crash 2026-11-03T10:00` */
  id: string;
  kind: IncidentKind;
  /** None where it is our own network. */
  workload?: string;
  at: number;
  /** From then on it does not answer as it should. */
  downFrom: number;
  /** When it is over by itself; Infinity where somebody has to do something. */
  endsAt: number;
  cure: Cure;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How a kind goes where the scenario does not say. */
const USUAL: Record<IncidentKind, { cure: Cure; grows: number; lasts: number }> = {
  crash: { cure: 'restart', grows: 0, lasts: Number.POSITIVE_INFINITY },
  hang: { cure: 'restart', grows: 0, lasts: Number.POSITIVE_INFINITY },
  'slow-death': { cure: 'restart', grows: 30 * MINUTE, lasts: Number.POSITIVE_INFINITY },
  'disk-full': { cure: 'none', grows: 2 * HOUR, lasts: Number.POSITIVE_INFINITY },
  // Only another host helps against what is broken under the instance.
  'status-check': { cure: 'stop-start', grows: 0, lasts: Number.POSITIVE_INFINITY },
  zone: { cure: 'replace', grows: 0, lasts: 50 * MINUTE },
  flapping: { cure: 'none', grows: 0, lasts: 50 * MINUTE },
  certificate: { cure: 'none', grows: 10 * 24 * HOUR, lasts: Number.POSITIVE_INFINITY },
  network: { cure: 'none', grows: 0, lasts: 20 * MINUTE },
};

/** One that flaps is down so long, then up so long. */
const FLAP_DOWN = 5 * MINUTE;
const FLAP_UP = 4 * MINUTE;

/** The incidents of a scenario, in order. */
export function incidentsOf({ faults }: Pick<Scenario, 'faults'>, timezone: string): Incident[] {
  return faults
    .flatMap((fault): Incident[] => {
      if (!('incident' in fault)) return [];
      const { incident: kind, workload, at: time } = fault;
      const { cure, grows, lasts } = { ...USUAL[kind], ...given(fault) };
      const at = localInstant(time, timezone);
      const id = [workload, kind, time].filter(Boolean).join(' ');
      return [{ id, kind, ...(workload && { workload }), at, downFrom: at + grows, endsAt: at + lasts, cure }];
    })
    .sort((a, b) => a.at - b.at);
}

/** Whether the service is down by it, as long as nobody does anything. */
export function isDownBy({ kind, at, downFrom, endsAt }: Incident, now: number): boolean {
  if (kind === 'network' || now < downFrom || now >= endsAt) return false;
  return kind !== 'flapping' || (now - at) % (FLAP_DOWN + FLAP_UP) < FLAP_DOWN;
}

/** How far something that grows has come, from 0 to 1. */
export function grown({ at, downFrom }: Incident, now: number): number {
  return downFrom === at ? 1 : Math.min(1, Math.max(0, (now - at) / (downFrom - at)));
}

/** Whether everything on the same machine has it. */
export function isOfMachine({ kind }: Pick<Incident, 'kind'>): boolean {
  return kind === 'disk-full' || kind === 'status-check' || kind === 'zone';
}

function given(fault: object): Partial<{ cure: Cure; grows: number; lasts: number }> {
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined));
}

/** How long it was down in all, when it ended at an instant. */
export function downMs(incident: Incident, until: number): number {
  const { kind, at, downFrom, endsAt } = incident;
  const long = Math.max(0, Math.min(until, endsAt) - downFrom);
  if (kind === 'network') return 0;
  if (kind !== 'flapping' || at !== downFrom) return long;
  const rounds = Math.floor(long / (FLAP_DOWN + FLAP_UP));
  return rounds * FLAP_DOWN + Math.min(FLAP_DOWN, long - rounds * (FLAP_DOWN + FLAP_UP));
}
