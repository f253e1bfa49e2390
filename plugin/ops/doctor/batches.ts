import type { BatchWorkload, CompiledStage } from '../../../shared/stage/compiled.ts';
import { batches } from '../../../shared/stage/kinds.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';

/** The instances of the stage, and what a job needs on them. */
export async function instances(stage: CompiledStage, aws: Aws): Promise<Finding[]> {
  const looks = batches(stage).flatMap(([name, workload]) => [
    looked(`${name}: instance`, () => instanceFindings(name, workload, aws)),
    ...(workload.run.logs ? [looked(`${name}: log`, () => bucketFinding(name, workload, aws))] : []),
  ]);
  return (await Promise.all(looks)).flat();
}

async function instanceFindings(name: string, workload: BatchWorkload, aws: Aws): Promise<Finding[]> {
  const { id, type } = workload.instance;
  const about = `${name}: instance`;
  const found = await aws.instance(id);
  if (!found)
    return [error(about, `no instance ${id} in this account and region`, 'correct instance.id in the stage file')];
  const { state, profile, rootDevice } = found;
  if (state === 'terminated' || state === 'shutting-down')
    return [error(about, `${id} is ${state}`, 'make a new one, and write its instance.id')];
  return [
    ok(about, `${id} is ${state}, ${found.type}`),
    ...(type && type !== found.type
      ? [
          warning(
            about,
            `it is ${found.type}, the stage file says ${type}`,
            `write instance.type: ${found.type}, or costs are wrong`,
          ),
        ]
      : []),
    ...(rootDevice === 'instance-store'
      ? [error(about, 'its root is an instance store, so it cannot be stopped', 'use an instance whose root is on EBS')]
      : []),
    ...(profile
      ? []
      : [error(`${name}: instance profile`, 'it has none', 'give it one with AmazonSSMManagedInstanceCore')]),
    ...(await looked(`${name}: shutdown`, () => shutdownFinding(name, workload, aws))),
    ...(workload.run.by === 'ssm' ? await looked(`${name}: SSM agent`, () => agentFinding(name, id, state, aws)) : []),
  ];
}

async function shutdownFinding(name: string, { instance, run }: BatchWorkload, aws: Aws): Promise<Finding> {
  const about = `${name}: shutdown`;
  const behaviour = await aws.shutdown(instance.id);
  if (behaviour === 'stop') return ok(about, 'a shutdown from inside stops it');
  const mend = `aws ec2 modify-instance-attribute --instance-id ${instance.id} --instance-initiated-shutdown-behavior stop`;
  // A job at boot powers its machine off; another one may.
  return (run.by === 'boot' ? error : warning)(about, `a shutdown from inside would ${behaviour} it`, mend);
}

/** Whether Systems Manager reaches an instance. */
export async function agentFinding(name: string, id: string, state: string, aws: Aws): Promise<Finding> {
  const about = `${name}: SSM agent`;
  const ping = await aws.agent(id);
  if (ping === 'Online') return ok(about, 'online');
  const mend =
    'install and enable the SSM agent, and see that the profile and the network let it reach Systems Manager';
  if (state === 'running') return error(about, ping ? `${ping} although the instance is running` : 'never seen', mend);
  if (ping) return ok(about, `known; the instance is ${state}`);
  return note(about, `not seen yet; the instance is ${state}`, `start it once and look again; or ${mend}`);
}

async function bucketFinding(name: string, { run }: BatchWorkload, aws: Aws): Promise<Finding> {
  const about = `${name}: log`;
  const bucket = run.logs?.bucket ?? '';
  if (await aws.hasBucket(bucket)) return ok(about, `the bucket ${bucket} is there`);
  return error(about, `no bucket ${bucket}`, `aws s3 mb s3://${bucket}, or correct run.logs.bucket`);
}
