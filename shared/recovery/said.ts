/** What the script on a server says in its last line, and the code that it exits with. */
export const RESULTS = {
  healthy: 0,
  recovered: 0,
  down: 10,
  failed: 10,
  absent: 11,
  unavailable: 12,
  busy: 13,
  invalid: 14,
  interrupted: 15,
} as const;

export type Result = keyof typeof RESULTS;

export interface Said {
  /** How far it went. */
  step: 'check' | 'restart' | 'start';
  result: Result;
  seconds: number;
  /** How full the disk is, in percent. */
  disk?: number;
  /** Where the logs are: on the machine, or in S3. */
  logs?: string;
}

const LINE =
  /^::recovery step=(?<step>check|restart|start) result=(?<result>[a-z]+) seconds=(?<seconds>\d+) disk=(?<disk>\d+|unknown) logs=(?<logs>\S+)$/;

/**
 * What a recovery on a server did, by the last line of its output. Undefined where that is not its line: an output that was
 * cut off or never came says nothing, least of all that all is well.
 */
export function saidBy(output: string): Said | undefined {
  const { step, result = '', seconds, disk, logs } = LINE.exec(output.trimEnd().split('\n').at(-1) ?? '')?.groups ?? {};
  if (!isResult(result)) return undefined;
  return {
    step: step as Said['step'],
    result,
    seconds: Number(seconds),
    ...(disk !== 'unknown' && { disk: Number(disk) }),
    ...(logs !== undefined && logs !== 'none' && { logs }),
  };
}

function isResult(text: string): text is Result {
  return Object.hasOwn(RESULTS, text);
}
