import type { Run } from '../../shared/state/runs.ts';
import type { CommandWords } from '../../shared/words/commands.ts';

/** Runs, newest first, a line each. */
export function runLines(runs: Omit<Run, 'approval'>[], words: CommandWords): string[] {
  if (runs.length === 0) return [words.noRuns];
  return runs.map((run) => {
    const { key, act, status, by, reason, steps = [] } = run;
    const startedAt = run.startedAt ?? (run.kind === 'service' ? run.admittedAt : undefined);
    const took = startedAt && run.endedAt ? Date.parse(run.endedAt) - Date.parse(startedAt) : undefined;
    return [
      `${MARKS[status] ?? '⚪'} **${key.replace('T', ' ')}**`,
      ...(act ? [words.states[act] ?? act] : []),
      words.states[status] ?? status,
      ...(took === undefined ? [] : [words.minutes(Math.round(took / 60_000))]),
      words.by(by),
      ...steps.map(({ rung, result = '…' }) => `${rung} ${result}`),
      ...(reason ? [reason] : []),
    ].join(' · ');
  });
}

const MARKS: Record<string, string> = {
  ...{ succeeded: '🟢', running: '🟡', failed: '🔴', 'timed-out': '🔴', aborted: '🔴', skipped: '⚪' },
};
