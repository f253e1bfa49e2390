import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { PipelineReport, PipelinesReport, StepReport, Took } from '../report/pipelines.ts';
import { lasting } from './lasting.ts';

const WARNINGS_SHOWN = 5;

/** How pipelines went, step by step, for the terminal. */
export function renderPipelines({ pipelines }: { pipelines?: PipelinesReport }): string | undefined {
  if (!pipelines) return undefined;
  return Object.entries(pipelines)
    .map(([name, pipeline]) => `${headline(name, pipeline)}\n${tableOf(pipeline)}\n${warningsOf(pipeline)}`)
    .join('\n');
}

function headline(name: string, { after, ended, seconds }: PipelineReport): string {
  const runs = Object.entries(ended).map(([status, count]) => `${count} ${status}`);
  const what = [runs.join(', ') || 'no runs', ...(seconds ? [`${long(seconds)} a run`] : [])];
  return `${styleText('bold', name)}${after ? ` (after ${after})` : ''}: ${what.join('; ')}`;
}

function tableOf({ steps }: PipelineReport): string {
  const table = new Table({
    head: ['step', 'needs', 'succeeded', 'failed', 'passed over', 'tried again', 'took: half', 'most', 'counted'],
    style: { head: [], border: [] },
    colAligns: ['left', 'left', ...new Array<'right'>(6).fill('right'), 'left'],
  });
  for (const [name, step] of Object.entries(steps))
    table.push([
      ...[name, shortened(step.needs), String(step.succeeded), String(step.failed), String(step.passedOver)],
      ...[String(step.triedAgain), lasting(step.seconds?.median), lasting(step.seconds?.longest), numbersOf(step)],
    ]);
  return table.toString();
}

function warningsOf({ warnings }: PipelineReport): string {
  const lines = warnings
    .slice(0, WARNINGS_SHOWN)
    .map(({ key, text }) => `  ${key.replace('T', ' ')}  ${styleText('yellow', 'warning')}  ${text}\n`);
  const more = warnings.length - WARNINGS_SHOWN;
  return [...lines, ...(more > 0 ? [`  and ${more} more: --json has all\n`] : [])].join('');
}

function shortened(needs: string[]): string {
  const [first = '–', second] = needs;
  return needs.length > 2 ? `${first} … ${needs.at(-1)}` : second ? `${first}, ${second}` : first;
}

function numbersOf({ numbers }: StepReport): string {
  return Object.entries(numbers)
    .map(
      ([name, { median, lowest, highest }]) =>
        `${name} ${median}${lowest === highest ? '' : ` (${lowest}–${highest})`}`,
    )
    .join(', ');
}

function long({ median, longest }: Took): string {
  return `half within ${lasting(median)}, at most ${lasting(longest)}`;
}
