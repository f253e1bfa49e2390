/** What an hour showed of a service, in minutes. */
export interface Hour {
  /** In UTC, `2026-11-02T02`. */
  hour: string;
  /** Check → how it was. */
  checks: Record<string, CheckHour>;
}

export interface CheckHour {
  ok: number;
  failed: number;
  /** Nobody could say how it was, or the fault was ours. */
  unknown: number;
  /** Work was done on it, or it was off by plan. */
  excluded: number;
  /** Of those that were ok: how long they took in all, and the slowest, in milliseconds. */
  ms: number;
  slowest: number;
}

/** A time that a check was down; milliseconds since the epoch. */
export interface Downtime {
  check: string;
  from: number;
  /** None while it lasts. */
  to?: number;
  problem: string;
  /** How it ended, where it did not come up again. */
  because?: 'off' | 'unnamed';
}

export interface Uptime {
  /** Of the minutes that it was watched; none where it was not: what is not known is not healthy (law 8). */
  percent?: number;
  watchedMinutes: number;
  downMinutes: number;
  /** How often it went down. */
  downtimes: number;
  longestMinutes: number;
}

const MINUTE_MS = 60_000;

/**
 * How long a service was up, of the time that it was watched and was to be up.
 *
 * @param hours those in [from, to)
 * @param downtimes of all its checks; it is down while any of them is
 * @param from milliseconds since the epoch
 * @param to milliseconds since the epoch; not after now
 */
export function uptimeOf(hours: Hour[], downtimes: Downtime[], from: number, to: number): Uptime {
  const watchedMinutes = hours.reduce((sum, { checks }) => sum + watched(Object.values(checks)), 0);
  const spans = union(
    downtimes.map((down): Span => [Math.max(down.from, from), Math.min(down.to ?? to, to)]).filter(([a, b]) => a < b),
  );
  const minutes = spans.map(([a, b]) => (b - a) / MINUTE_MS);
  // Maintenance may fall into a downtime, and is not watched.
  const downMinutes = Math.min(
    minutes.reduce((sum, one) => sum + one, 0),
    watchedMinutes,
  );
  return {
    ...(watchedMinutes > 0 && { percent: (100 * (watchedMinutes - downMinutes)) / watchedMinutes }),
    watchedMinutes,
    downMinutes,
    downtimes: spans.length,
    longestMinutes: Math.max(0, ...minutes),
  };
}

type Span = [from: number, to: number];

/** The minutes of an hour in which anything was known of it. */
function watched(checks: CheckHour[]): number {
  return Math.max(0, ...checks.map(({ ok, failed }) => ok + failed));
}

function union(spans: Span[]): Span[] {
  const joined: Span[] = [];
  for (const [from, to] of spans.toSorted(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
