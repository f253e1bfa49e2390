import { InvalidInput } from './errors.ts';
import type { BatchWorkload } from './stage/compiled.ts';

/**
 * The environment variables of a job: those of the stage file, then its parameters in capitals, each parameter as
 * declared, overridden by the slot's own and then by the request's.
 *
 * @throws InvalidInput for a parameter that the stage file does not declare.
 */
export function jobVariables(
  workload: BatchWorkload,
  key: string,
  requested: Record<string, string>,
): Record<string, string> {
  const { environment, parameters } = workload.run;
  const ofSlot = workload.at.find(({ time }) => time === key.slice(11))?.parameters ?? {};
  const unknown = Object.keys(requested).filter((name) => !Object.hasOwn(parameters, name));
  if (unknown.length > 0)
    throw new InvalidInput(
      `parameters: ${unknown.join(', ')} not declared in run.parameters (declared: ${Object.keys(parameters).join(', ') || 'none'})`,
    );
  const values = Object.entries({ ...parameters, ...ofSlot, ...requested });
  return { ...environment, ...Object.fromEntries(values.map(([name, value]) => [name.toUpperCase(), value])) };
}

/** The request of SSM SendCommand that runs the job as its user, in its directory, with its variables. */
export function commandRequest(
  stage: string,
  name: string,
  workload: BatchWorkload,
  variables: Record<string, string>,
) {
  const { command, cwd, user, logs } = workload.run;
  const commands = [
    ...prepared(variables, cwd),
    // By inheritance, not as arguments: those are for everybody on the instance to see.
    `exec ${user ? `runuser -u ${quoted(user)} -- ` : ''}sh -c ${quoted(command)}`,
  ];
  return {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [workload.instance.id],
    Comment: `Lamplighter ${stage} ${name}`,
    // How long the agent may take to pick the command up; the run's own deadline is watched by check-command.
    TimeoutSeconds: 600,
    Parameters: { commands, executionTimeout: [String(workload.deadlineSeconds)] },
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup(stage, name) },
    ...(logs && { OutputS3BucketName: logs.bucket, OutputS3KeyPrefix: logs.prefix }),
  };
}

/**
 * What the agent on the instance is handed, `KEY=value` a line, up to the task token that the machine appends.
 *
 * @param deadline milliseconds since the epoch
 */
export function bootHandover(
  run: string,
  workload: BatchWorkload,
  variables: Record<string, string>,
  deadline: number,
): string {
  const { command, cwd, user } = workload.run;
  const lines = [
    `RUN=${run}`,
    `DEADLINE=${Math.floor(deadline / 1000)}`,
    `COMMAND=${command}`,
    cwd && `DIRECTORY=${cwd}`,
    user && `USER=${user}`,
    ...Object.entries(variables).map(([key, value]) => `ENV_${key}=${value}`),
    'TASK_TOKEN=',
  ];
  return lines.filter(Boolean).join('\n');
}

/** Where the output of a workload's jobs is. */
export function logGroup(stage: string, workload: string): string {
  return `/lamplighter/${stage}/${workload}`;
}

/** What comes before a command in its script: its variables and its directory. */
export function prepared(variables: Record<string, string>, cwd: string | undefined): string[] {
  return [
    // A secret that cannot be read must not become an empty one.
    'set -e',
    ...Object.entries(variables).map(
      ([key, value]) => `${key}=${value.startsWith('ssm:') ? parameter(value) : quoted(value)}; export ${key}`,
    ),
    ...(cwd ? [`cd ${quoted(cwd)}`] : []),
  ];
}

/** The instance reads the secret itself, with its own role: it is in no log and in no command history. */
function parameter(reference: string): string {
  return `"$(aws ssm get-parameter --with-decryption --name ${quoted(reference.slice(4))} --query Parameter.Value --output text)"`;
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
