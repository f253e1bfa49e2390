import type { Step } from '../../shared/recovery/steps.ts';
import type { CompiledStage } from '../../shared/stage/compiled.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Journal } from '../journal.ts';
import type { RunReport } from '../report.ts';
import { lastRecords, type Passages, runsOf } from './runs.ts';

/** A recovery of a service, and what was done in it. */
export interface RecoveryReport extends RunReport {
  /** What it was asked for. */
  why?: string;
  did: { rung: string; at: string; seconds?: number; result?: string }[];
}

export type RecoveriesReport = Record<string, RecoveryReport[]>;

/** What was done to recover the services; undefined where nothing was. */
export function recoveriesReport(
  { stage, to }: { stage: CompiledStage; to: number },
  journal: Journal,
  passages: Passages,
): RecoveriesReport | undefined {
  const all = Object.keys(stage.services).flatMap((name) => {
    const items = new Map(lastRecords(name, to, journal).map(({ key, item }) => [key, item]));
    const runs = runsOf(name, stage.timezone, to, journal, passages).map((run) => ({
      ...run,
      ...done(items.get(run.key) ?? {}, stage.timezone),
    }));
    return runs.length > 0 ? [[name, runs] as const] : [];
  });
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

function done(item: { why?: string; steps?: Step[] }, timezone: string): Pick<RecoveryReport, 'why' | 'did'> {
  const { why, steps = [] } = item;
  return {
    ...(why !== undefined && { why }),
    did: steps.map(({ rung, at, seconds, result }) => ({
      ...{ rung, at: localTime(at, timezone) },
      ...(seconds !== undefined && { seconds }),
      ...(result !== undefined && { result }),
    })),
  };
}
