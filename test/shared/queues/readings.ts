import type { Reading } from '../../../shared/queues/reading.ts';

export const START = Date.parse('2026-11-02T00:00:00Z');
export const MINUTE = 60_000;

/** What a queue was like so many minutes after the start; empty but for what is given. */
export function aReading(minute: number, reading: Partial<Reading> = {}): Reading {
  return { at: START + minute * MINUTE, waiting: 0, active: 0, delayed: 0, due: 0, failed: 0, ...reading };
}
