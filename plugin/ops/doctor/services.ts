import { agentParameter } from '../../../resources/watching/agent.ts';
import { isInstance, machines } from '../../../resources/watching/watched.ts';
import { documentName } from '../../../shared/recovery/command.ts';
import type { CompiledStage, ServiceWorkload } from '../../../shared/stage/compiled.ts';
import type { Aws } from './aws.ts';
import { agentFinding } from './batches.ts';
import { error, type Finding, looked, note, ok, warning } from './finding.ts';

/** What services run on, and what is needed to watch and to recover them. */
export async function servicesOf(stage: CompiledStage, aws: Aws): Promise<Finding[]> {
  const looks = Object.entries(stage.services).flatMap(([name, service]) => [
    ...targetLooks(name, service, aws),
    ...(service.recover?.logs ? [looked(`${name}: logs`, () => bucketFinding(name, service, aws))] : []),
  ]);
  return (await Promise.all([...looks, ...onMachines(stage, aws)])).flat();
}

function targetLooks(name: string, service: ServiceWorkload, aws: Aws): Promise<Finding[]>[] {
  const { target } = service;
  if (!target) return [];
  if ('ec2' in target) return [looked(`${name}: instance`, () => instanceFindings(name, service, target.ec2, aws))];
  // Their clients would be there for these two questions alone.
  const [what, ask] =
    'ecs' in target
      ? [
          `${target.ecs.service} of ${target.ecs.cluster}`,
          `ecs describe-services --cluster ${target.ecs.cluster} --services ${target.ecs.service}`,
        ]
      : [target.group, `autoscaling describe-auto-scaling-groups --auto-scaling-group-names ${target.group}`];
  return [Promise.resolve([note(`${name}: target`, `${what} is not looked at here`, `aws ${ask}`)])];
}

async function instanceFindings(
  name: string,
  { offWith, recover }: ServiceWorkload,
  id: string,
  aws: Aws,
): Promise<Finding[]> {
  const about = `${name}: instance`;
  const found = await aws.instance(id);
  if (!found)
    return [error(about, `no instance ${id} in this account and region`, 'correct target.ec2 in the stage file')];
  const { state, profile, rootDevice } = found;
  if (state === 'terminated' || state === 'shutting-down')
    return [error(about, `${id} is ${state}`, 'make a new one, and write its id as target.ec2')];
  const isPlanned = offWith.length > 0;
  return [
    state === 'running' || isPlanned
      ? ok(about, `${id} is ${state}, ${found.type}`)
      : warning(about, `${id} is ${state}`, 'start it, or pause the service: it will be said to be down'),
    ...(rootDevice === 'instance-store' && recover?.rungs.includes('stop-start')
      ? [error(about, 'its root is an instance store, so it cannot be stopped', 'take stop-start out of recover.rungs')]
      : []),
    ...(profile
      ? []
      : [
          error(
            `${name}: instance profile`,
            'it has none',
            'give it one with AmazonSSMManagedInstanceCore and CloudWatchAgentServerPolicy',
          ),
        ]),
    ...(await looked(`${name}: SSM agent`, () => agentFinding(name, id, state, aws))),
  ];
}

async function bucketFinding(name: string, { recover }: ServiceWorkload, aws: Aws): Promise<Finding> {
  const about = `${name}: logs`;
  const bucket = recover?.logs?.bucket ?? '';
  if (await aws.hasBucket(bucket)) return ok(about, `the bucket ${bucket} is there`);
  return error(about, `no bucket ${bucket}`, `aws s3 mb s3://${bucket}, or correct recover.logs.bucket`);
}

/** The document of the recovery, and what the agents measure: there once the stage is deployed. */
function onMachines({ stage, services }: CompiledStage, aws: Aws): Promise<Finding[]>[] {
  const instances = machines({ services }).filter(isInstance);
  if (instances.length === 0) return [];
  const deploy = `npx sls deploy --stage ${stage}`;
  const about = 'recovery document';
  return [
    looked(about, async () => {
      if (!(await aws.stackStatus(`lamplighter-${stage}`))) return note(about, 'it comes with the deployment');
      const status = await aws.documentStatus(documentName(stage));
      const document = documentName(stage);
      const parameters = await Promise.all(instances.map(({ name }) => parameterFinding(stage, name, aws, deploy)));
      return [
        status === 'Active'
          ? ok(about, `${document} is there`)
          : error(about, `${document} is ${status ?? 'gone'}`, deploy),
        ...parameters,
      ];
    }),
  ];
}

async function parameterFinding(stage: string, service: string, aws: Aws, deploy: string): Promise<Finding> {
  const about = `${service}: agent configuration`;
  const name = agentParameter(stage, service);
  return (await aws.parameter(name)) ? ok(about, `${name} is there`) : error(about, `no parameter ${name}`, deploy);
}
