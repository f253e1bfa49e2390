import { logicalId } from '../logical-id.ts';

/** The logical ids of what a pipeline has. */
export function idsOf(pipeline: string) {
  const machine = `${logicalId(pipeline)}Pipeline`;
  return { machine, role: `${machine}Role` };
}

/** The machine of a pipeline, as the console shows it. */
export function machineName(stage: string, pipeline: string): string {
  return `lamplighter-${stage}-${pipeline}`;
}
