/** `90 s` or `2.5 min`; `–` where nothing took any time. @param seconds that something took */
export function lasting(seconds: number | undefined): string {
  if (seconds === undefined) return '–';
  return seconds < 120 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`;
}
