import { secretsOfQueue } from '../../../resources/queues/estate.ts';
import { secretsOf } from '../../../shared/stage/channel-secrets.ts';
import type { CompiledStage, StepWork } from '../../../shared/stage/compiled.ts';
import { batches, pipelines } from '../../../shared/stage/kinds.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, ok, warning } from './finding.ts';

/** Every parameter that the stage file refers to: whether it is there, and encrypted. No value is ever shown. */
export async function secrets(stage: CompiledStage, aws: Aws): Promise<Finding[]> {
  const looks = [...referred(stage)].map(([name, users]) =>
    looked(`parameter ${name}`, async () => parameterFinding(name, users, await aws.parameter(name))),
  );
  return (await Promise.all(looks)).flat();
}

function parameterFinding(name: string, users: string[], found: { type: string; value: string } | undefined): Finding {
  const about = `parameter ${name}`;
  const put = `aws ssm put-parameter --type SecureString --name ${name} --value '…'`;
  if (!found) return error(about, `it is not there; for ${users.join(', ')}`, put);
  if (found.value.trim() === '') return error(about, 'it is empty', `${put} --overwrite`);
  if (found.type === 'SecureString') return ok(about, `a SecureString, for ${users.join(', ')}`);
  // Its type cannot be changed by overwriting it.
  return warning(about, `it is a ${found.type}, in clear`, `aws ssm delete-parameter --name ${name}, then ${put}`);
}

/** Parameter → who uses it. */
function referred({ notify, commands, workloads, queues, status }: CompiledStage): Map<string, string[]> {
  const references = [
    ...Object.entries(notify.channels).flatMap(([name, channel]) =>
      secretsOf(channel).map((reference) => [reference, `the channel ${name}`]),
    ),
    ...(commands?.bot ? [[commands.bot, 'sls ops discord']] : []),
    ...(notify.heartbeat ? [[notify.heartbeat.url, 'the heartbeat']] : []),
    ...(typeof status?.access === 'object' ? [[status.access.token, 'the status page']] : []),
    ...batches({ workloads }).flatMap(([name, { run }]) =>
      Object.values(run.environment).map((value) => [value, `the job of ${name}`]),
    ),
    ...pipelines({ workloads }).flatMap(([name, { steps }]) =>
      Object.entries(steps).flatMap(([step, { work }]) =>
        secretsOfStep(work).map((reference) => [reference, `the step ${step} of ${name}`]),
      ),
    ),
    ...Object.entries(queues).flatMap(([name, { source, workers }]) => [
      ...secretsOfQueue(source).map((reference) => [reference, `the queue ${name}`]),
      ...Object.values(workers.create?.secrets ?? {}).map((value) => [value, `the workers of ${name}`]),
    ]),
  ];
  const users = new Map<string, string[]>();
  for (const [reference = '', user = ''] of references) {
    const name = /^ssm:(.+)$/.exec(reference)?.[1];
    if (name) users.set(name, [...new Set([...(users.get(name) ?? []), user])]);
  }
  return users;
}

function secretsOfStep(work: StepWork): string[] {
  if (work.by === 'airflow') return [work.secret];
  if (work.by === 'http') return Object.values(work.headers);
  return work.by === 'command' ? Object.values(work.environment) : [];
}
