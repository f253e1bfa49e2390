import type { Output } from '../../../functions/publish-queue-metrics/contract.ts';
import { backlogOf } from '../../../shared/queues/reading.ts';
import { resolveSource } from '../../../shared/queues/source.ts';
import type { CompiledStage, QueueWorkload } from '../../../shared/stage/compiled.ts';
import type { Hands } from '../command.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';
import { networkOf } from './network.ts';

interface Of {
  stage: CompiledStage;
  aws: Aws;
  ask: Hands['ask'];
}

/** What queues are read with, and what works them off. */
export async function queuesOf({ stage, aws, ask }: Of): Promise<Finding[]> {
  const queues = Object.entries(stage.queues);
  if (queues.length === 0) return [];
  const name = `lamplighter-${stage.stage}`;
  // Asked once; what it throws is found by each that needs it.
  const asked = aws.stackStatus(name);
  asked.catch(() => undefined);
  const deploy = `npx sls deploy --stage ${stage.stage}`;
  /** What comes with the deployment is missing only after it. */
  const ours = async (about: string, missing: string) =>
    (await asked) ? error(about, missing, deploy) : note(about, 'it comes with the deployment');
  const looks = queues.flatMap(([queue, workload]) => [
    looked(`${queue}: queue`, () => queueFinding(queue, workload, { aws, ask, isDeployed: asked })),
    looked(`${queue}: service`, () => serviceFinding(queue, workload, aws, ours)),
    looked(`${queue}: scaling`, () => scalingFindings(queue, workload, stage.stage, aws, ours)),
    looked(`${queue}: image`, () => imageFinding(queue, workload, aws)),
  ]);
  return (await Promise.all([...looks, networkOf(stage, aws)])).flat();
}

/** Read once, by the function that reads it each minute: from here a private one could not be reached. */
async function queueFinding(
  queue: string,
  { source, isPrivate }: QueueWorkload,
  { aws, ask, isDeployed }: { aws: Aws; ask: Hands['ask']; isDeployed: Promise<string | undefined> },
): Promise<Finding> {
  const about = `${queue}: queue`;
  if (!(await isDeployed)) return note(about, 'it is read once the stage is deployed');
  const resolved = await resolveSource(source, async (reference) => {
    const found = await aws.parameter(reference.replace(/^ssm:/, ''));
    if (!found) throw new Error(`no parameter ${reference}`);
    return found.value;
  });
  const reader = isPrivate ? 'publishPrivateQueueMetrics' : 'publishQueueMetrics';
  const { queues } = await ask<Output>(reader, { queues: [{ name: queue, source: resolved }] });
  const found = queues[queue];
  if (!found || 'unreadable' in found)
    return error(
      about,
      `it cannot be read: ${found?.unreadable ?? 'no answer'}`,
      isPrivate
        ? 'see its address, its password, and that it admits the security groups of network'
        : 'see its address and its password',
    );
  return ok(about, `${backlogOf(found.reading)} jobs want a worker`);
}

async function serviceFinding(
  queue: string,
  { workers }: QueueWorkload,
  aws: Aws,
  ours: (about: string, missing: string) => Promise<Finding>,
): Promise<Finding> {
  const about = `${queue}: service`;
  const { cluster, service, create } = workers;
  const found = await aws.workerService(cluster, service);
  const missing = `no active service ${service} in the cluster ${cluster}`;
  if (!found && create) return ours(about, missing);
  if (!found)
    return error(about, missing, 'correct workers.cluster and workers.service, or have it made by workers.create');
  const { running, desired, said } = found;
  if (desired > 0 && running === 0)
    return warning(
      about,
      `${desired} workers are asked for, and none runs${said ? `; ECS says: ${said}` : ''}`,
      'look at the stopped tasks of the service: image, secrets, memory, free addresses',
    );
  return ok(about, `${service} of ${cluster}: ${running} of ${desired} run`);
}

async function scalingFindings(
  queue: string,
  { workers: { cluster, service } }: QueueWorkload,
  stage: string,
  aws: Aws,
  ours: (about: string, missing: string) => Promise<Finding>,
): Promise<Finding[]> {
  const about = `${queue}: scaling`;
  const resource = `service/${cluster}/${service}`;
  const found = await aws.scalableTarget(resource);
  if (!found) return [await ours(about, `${resource} is not registered with Application Auto Scaling`)];
  const others = (await aws.scalingPolicies(resource)).filter((name) => !name.startsWith(`lamplighter-${stage}-`));
  return [
    ok(about, `from ${found.min} to ${found.max}`),
    ...(others.length > 0
      ? [
          warning(
            about,
            `it is scaled by ${others.join(', ')} as well`,
            'delete that policy: two that scale one service undo what the other does',
          ),
        ]
      : []),
  ];
}

async function imageFinding(queue: string, { workers: { create } }: QueueWorkload, aws: Aws): Promise<Finding[]> {
  const about = `${queue}: image`;
  if (!create || 'address' in create.image) return [];
  const { repository, tag } = create.image;
  const count = await aws.images(repository);
  if (count === undefined)
    return [error(about, `no repository ${repository}`, `aws ecr create-repository --repository-name ${repository}`)];
  if (tag !== undefined && !(await aws.hasImage(repository, tag)))
    return [error(about, `${repository} has no image ${tag}`, 'push it, or correct image.tag')];
  if (count === 0) return [error(about, `${repository} has no image with a tag`, 'push one before you deploy')];
  return [ok(about, tag === undefined ? `${repository} has images` : `${repository}:${tag} is there`)];
}
