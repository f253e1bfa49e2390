import type { StepEnded } from '../../shared/pipeline/ended.ts';
import { localTime } from '../../shared/time/slots.ts';
import type { Journal, Of } from '../journal.ts';
import type { RunReport } from '../report.ts';
import type { Passage } from './states.ts';

/** By the ARNs of executions. */
export type Passages = ReadonlyMap<string, Passage>;

/**
 * The runs that were due before an instant, the earliest first, each as it was left.
 *
 * @param to milliseconds since the epoch
 */
export function runsOf(name: string, timezone: string, to: number, journal: Journal, passages: Passages): RunReport[] {
  return lastRecords(name, to, journal)
    .map(({ item }) => asRun(item, timezone, passages))
    .sort((a, b) => (a.scheduledFor < b.scheduledFor ? -1 : 1));
}

/** What the table kept of each run at the end. */
export function lastRecords(name: string, to: number, journal: Journal): Of<'record'>[] {
  const last = new Map<string, Of<'record'>>();
  for (const record of journal.of('record'))
    if (record.workload === name && Date.parse(String(record.item['scheduledFor'])) < to) last.set(record.key, record);
  return [...last.values()];
}

function asRun(item: Record<string, unknown>, timezone: string, passages: Passages): RunReport {
  const local = (value: unknown) => (typeof value === 'string' ? localTime(value, timezone) : undefined);
  const passage = passages.get(String(item['execution']));
  return {
    key: String(item['key']),
    ...(item['act'] !== undefined && { act: String(item['act']) }),
    scheduledFor: local(item['scheduledFor']) ?? '',
    status: String(item['status']),
    ...(item['reason'] !== undefined && { reason: String(item['reason']) }),
    by: String(item['by']),
    startedAt: local(item['startedAt']),
    endedAt: local(item['endedAt']),
    exitCode: item['exitCode'] as number | undefined,
    jobSeconds: item['jobSeconds'] as number | undefined,
    instanceHours: item['instanceHours'] as number | undefined,
    ...(item['kind'] === 'pipeline' && ofPipelineRun(item)),
    ...(passage && { execution: { from: localTime(passage.from, timezone), states: passage.states } }),
  };
}

function ofPipelineRun(item: Record<string, unknown>): Pick<RunReport, 'generation' | 'steps' | 'warnings'> {
  const { generation, ended, warnings } = item as { generation?: number; ended?: StepEnded[]; warnings?: string[] };
  return { generation, ...(ended && { steps: ended }), ...(warnings && { warnings }) };
}
