import { logGroup, prepared, quoted } from '../job.ts';
import type { CompiledStage, StepWork } from '../stage/compiled.ts';

/** Of what a command prints, Systems Manager gives the first 24,000 characters: so many are for lines without numbers. */
const ROOM = 16_000;

/**
 * Passes lines on, those with numbers always, the others as long as there is room; what is more goes to the standard
 * error, which is logged too. A last line of JSON has numbers.
 */
const KEEP = [
  `/^::metric / { print; fflush(); next }`,
  `used + length($0) < ${ROOM} { used += length($0) + 1; print; fflush(); last = ""; next }`,
  `{ last = $0; print | "cat >&2"; fflush("cat >&2") }`,
  `END { if (last ~ /^[{]/) print last }`,
].join(' ');

/** The request of SSM SendCommand that runs a step on an instance, or on an own server that is registered (`mi-…`). */
export function stepCommand(
  { stage }: CompiledStage,
  workload: string,
  step: string,
  work: Extract<StepWork, { by: 'command' }>,
  variables: Record<string, string>,
  deadlineSeconds: number,
) {
  return {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [work.on],
    Comment: commentOf(stage, workload, step),
    // A server that is off gets no command later that is for now.
    TimeoutSeconds: Math.min(600, Math.max(30, deadlineSeconds)),
    Parameters: {
      commands: [...prepared({ ...work.environment, ...variables }, work.cwd), ...keeping(shell(work))],
      executionTimeout: [String(deadlineSeconds)],
    },
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup(stage, workload) },
  };
}

/** What people see of a command in the console, and by which it is found again. */
export function commentOf(stage: string, workload: string, step: string): string {
  return `Lamplighter ${stage} ${workload} ${step}`.slice(0, 100);
}

/** By inheritance, not as arguments: those are for everybody on the server to see. */
function shell({ command, user }: Extract<StepWork, { by: 'command' }>): string {
  return `${user ? `runuser -u ${quoted(user)} -- ` : ''}sh -c ${quoted(command)}`;
}

/**
 * Runs a command so that its numbers are among what Systems Manager gives, however much it prints. The exit code is the
 * command's, by way of another descriptor: of a pipe POSIX's shells know the last one's only.
 */
function keeping(command: string): string[] {
  return [
    `command -v awk >/dev/null || exec ${command}`,
    'set +e',
    'exec 3>&1',
    `code=$( { { ${command} 3>&- 4>&-; echo $? >&4; } | awk ${quoted(KEEP)} >&3 4>&-; } 4>&1 )`,
    'exit "$code"',
  ];
}
