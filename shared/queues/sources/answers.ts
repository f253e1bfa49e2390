/** The marker that BullMQ put behind its list before version 5. */
export function isMarker(id: unknown): boolean {
  return typeof id === 'string' && id.startsWith('0:');
}

/** The ids of jobs among them. */
export function jobsOf(...ids: unknown[]): string[] {
  return ids.filter((id): id is string => typeof id === 'string' && !isMarker(id));
}

export function idsOf(pairs: { id: string }[]): string[] {
  return pairs.map(({ id }) => id);
}

export function members(answer: unknown): unknown[] {
  return Array.isArray(answer) ? answer : [];
}

/** Members and their scores, which Redis answers in one row. */
export function pairsOf(answer: unknown): { id: string; score: number }[] {
  const row = members(answer);
  return row.flatMap((id, index) => (index % 2 === 0 ? [{ id: String(id), score: Number(row[index + 1]) }] : []));
}
