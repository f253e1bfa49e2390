import type { WorkloadStatus } from '../../functions/show-status/contract.ts';
import { type Act, type Consequence, calm, grave } from './consequences-unrun.ts';

/** Of a pipeline, which leaves nothing on: what its runs come to. */
export function ofPipeline(
  act: Exclude<Act, 'skip' | 'pause' | 'resume'>,
  name: string,
  { running, held }: WorkloadStatus,
): Consequence[] {
  const [going, of] = [running !== undefined, `the run of ${running?.key}`];
  switch (act) {
    case 'start':
      if (going) return [calm(`${name}: ${of} goes on, so this one would be skipped`)];
      return [calm(held.length > 0 ? `${name}: it would be skipped, ${held.join('; ')}` : `${name}: a run begins now`)];
    case 'stop':
      if (!going) return [calm(`${name}: no run goes on, so nothing is cut off`)];
      return [grave(`${name}: ${of} is cut off with its commands and tasks; a DAG run, a function or a call goes on`)];
    case 'keep':
      return [calm(`${name}: it leaves nothing on that could be kept`)];
    case 'emergency-stop':
      return [
        going
          ? grave(
              `${name}: ${of} is cut off with its commands and tasks, and none begins; a DAG run, a function or a call goes on`,
            )
          : calm(`${name}: no run begins`),
      ];
  }
}
