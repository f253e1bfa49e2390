/** An instant as the answers have it, `2026-11-20T09:00:00Z`. @param instant ISO 8601, or milliseconds since the epoch */
export function utc(instant: number | string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
