const SECONDS = { s: 1, m: 60, h: 3600 };

/** A duration such as `90s`, `30m` or `2h`, in seconds. */
export function seconds(duration: string): number {
  return Number.parseInt(duration, 10) * SECONDS[duration.slice(-1) as keyof typeof SECONDS];
}
