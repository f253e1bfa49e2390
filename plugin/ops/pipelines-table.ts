import type { Output, WorkloadStatus } from '../../functions/show-status/contract.ts';
import type { PipelineStatus, StepStatus } from '../../functions/show-status/pipeline-contract.ts';
import { short, table } from './tables.ts';

/** What the rest of the table of a status is made with, too. */
interface Ways {
  fold: (text: string, width: number) => string;
  notes: (workload: WorkloadStatus) => string[];
}

/** Pipelines, for people, each with the steps of the run that goes on or of the last; nothing where there is none. */
export function pipelinesTable({ workloads, at }: Output, ways: Ways): string {
  const rows = Object.entries(workloads).flatMap(([name, { pipeline, ...workload }]) =>
    pipeline ? [rowOf(name, workload, pipeline, at, ways)] : [],
  );
  return rows.length === 0 ? '' : table(['pipeline', 'now', 'steps', 'took', 'next start', ''], rows);
}

function rowOf(name: string, workload: WorkloadStatus, pipeline: PipelineStatus, at: string, ways: Ways): string[] {
  const { running, last, next } = workload;
  const shown = running ?? last;
  const how = shown ? `${short(shown.key, at)} ${shown.status}` : 'never run';
  return [
    name,
    [how, ...(!running && last?.reason ? [ways.fold(last.reason, 26)] : [])].join('\n'),
    pipeline.steps.map((step) => ways.fold(stepOf(step, at), 44)).join('\n'),
    tookOf(pipeline),
    next.start ? short(next.start, at) : pipeline.after ? `after\n${pipeline.after}` : 'none',
    [...pipeline.warnings, ...ways.notes(workload)].map((note) => ways.fold(note, 40)).join('\n'),
  ];
}

const SIGNS: Record<StepStatus['status'], string> = {
  waiting: '·',
  running: '▸',
  succeeded: '✓',
  failed: '✗',
  'timed-out': '✗',
  'passed-over': '–',
};

/** `✓ save 12 s collected=2712`. */
export function stepOf(
  { name, status, since, seconds, tries = 1, numbers = {}, reason, warnings = [] }: StepStatus,
  at: string,
) {
  return [
    `${SIGNS[status]} ${name}`,
    since ? `since ${short(since, at)}` : '',
    seconds === undefined ? '' : lasted(seconds),
    tries > 1 ? `in ${tries} tries` : '',
    ...Object.entries(numbers).map(([metric, value]) => `${metric}=${value}`),
    status === 'timed-out' ? 'ran out of time' : '',
    [...(reason ? [reason] : []), ...warnings].join('; '),
  ]
    .filter(Boolean)
    .join(' ');
}

export function lasted(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function tookOf({ seconds, usualSeconds, warnSeconds }: PipelineStatus): string {
  return [
    seconds === undefined ? '' : lasted(seconds),
    usualSeconds === undefined ? '' : `usually ${lasted(usualSeconds)}`,
    warnSeconds === undefined ? '' : `at most ${lasted(warnSeconds)}`,
  ]
    .filter(Boolean)
    .join('\n');
}
