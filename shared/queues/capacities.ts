/** @source Application Auto Scaling user guide, "Quotas": step adjustments per step scaling policy */
const MOST_STEPS = 20;

/**
 * How many workers one policy can set: each number up to twenty, and with a larger maximum the smaller numbers closer together.
 *
 * @param max the largest of them
 */
export function capacities(max: number): number[] {
  const found: number[] = [];
  for (let left = Math.min(max, MOST_STEPS), last = 0; left > 0; left--) {
    const ratio = (max / (last || 1)) ** (1 / left);
    last = left === 1 ? max : Math.min(Math.max(last + 1, Math.round(last * ratio)), max - left + 1);
    found.push(last);
  }
  return found;
}

/** The least of them that is enough for so many. */
export function capacityFor(wanted: number, max: number): number {
  return wanted <= 0 ? 0 : (capacities(max).find((workers) => workers >= wanted) ?? max);
}
