/** One for each second: a request that is sent twice is one execution. */
export function nameOf(workload: string, act: string, { now }: { now: () => number }): string {
  return `${workload}-${act}-${Math.floor(now() / 1000)}`;
}
