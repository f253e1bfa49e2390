import type { StepEnded } from '../../shared/pipeline/ended.ts';
import type { World } from '../world.ts';

/** What became of a run, and of those that it started. */
export interface LocalRun {
  workload: string;
  key: string;
  status: string;
  reason?: string;
  steps: StepEnded[];
}

export interface LocalReport {
  runs: LocalRun[];
  notices: { severity: string; title: string; lines: string[] }[];
}

/** What is recorded of the runs, and what people would have been told. */
export function reportOf({ journal }: World): LocalReport {
  const runs = new Map<string, LocalRun>();
  for (const { workload, key, status, item } of journal.of('record')) {
    const { reason, ended: steps = [] } = item as { reason?: string; ended?: StepEnded[] };
    runs.set(`${workload} ${key}`, { workload, key, status, ...(reason && { reason }), steps });
  }
  const notices = journal.of('notice').map(({ notice: { severity, title, lines } }) => ({ severity, title, lines }));
  return { runs: [...runs.values()], notices };
}
