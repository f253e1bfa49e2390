import type { CourseReport } from '../../rehearsal/report/course.ts';
import type { Span } from './view.ts';

/** Jobs that waited, and the workers that there were for them: each by its own most. */
export function Curve({ course: { minutes, backlog, workers }, all }: { course: CourseReport; all: Span }) {
  const [most, mostWorkers] = mostOf({ backlog, workers }).map((count) => Math.max(1, count)) as [number, number];
  const width = (workers.length * minutes * 60_000) / (all.to - all.from);
  return (
    <svg
      class="course"
      style={{ width: `${width * 100}%` }}
      viewBox={`0 0 ${workers.length} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="unmeasured" d={unmeasured(backlog)} />
      <path class="backlog" d={area(backlog.map((jobs) => ((jobs ?? 0) / most) * 96))} />
      <path class="workers" d={line(workers.map((count) => (count / mostWorkers) * 96))} />
    </svg>
  );
}

/** The most jobs that there were, and the most workers. */
export function mostOf({
  backlog,
  workers,
}: Pick<CourseReport, 'backlog' | 'workers'>): [jobs: number, workers: number] {
  return [Math.max(0, ...backlog.map((jobs) => jobs ?? 0)), Math.max(0, ...workers)];
}

/** Steps, joined where nothing changes. */
function line(heights: number[]): string {
  const points = heights.flatMap((height, index) =>
    index > 0 && heights[index - 1] === height ? [] : [`${index === 0 ? 'M0' : `H${index}V`} ${y(height)}`],
  );
  return `${points.join('')}H${heights.length}`;
}

function area(heights: number[]): string {
  return `${line(heights)}V100H0Z`;
}

function unmeasured(backlog: (number | null)[]): string {
  return backlog.flatMap((jobs, index) => (jobs === null ? [`M${index} 0h1v100h-1z`] : [])).join('');
}

function y(height: number): string {
  return (100 - height).toFixed(1);
}
