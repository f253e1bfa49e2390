import type { CompiledStage } from '../../../shared/stage/compiled.ts';
import type { Aws } from './aws.ts';
import { error, type Finding, looked, ok } from './finding.ts';

/** Where something is put: its subnets and security groups have to be there, in one VPC. */
export async function networkOf({ network, queues }: CompiledStage, aws: Aws): Promise<Finding[]> {
  const places = [
    ...(network ? [{ about: 'network', ...network }] : []),
    ...Object.entries(queues).flatMap(
      ([
        name,
        {
          workers: { create },
        },
      ]) => (create ? [{ about: `${name}: network`, ...create }] : []),
    ),
  ];
  const looks = places.map((place) => looked(place.about, () => placeFinding(place, aws)));
  return (await Promise.all(looks)).flat();
}

interface Place {
  about: string;
  subnets: string[];
  securityGroups: string[];
  vpc?: string;
}

async function placeFinding({ about, subnets, securityGroups, vpc }: Place, aws: Aws): Promise<Finding> {
  const found = await Promise.all([
    ...subnets.map(async (id) => ({ id, vpc: await aws.vpcOfSubnet(id) })),
    ...securityGroups.map(async (id) => ({ id, vpc: await aws.vpcOfGroup(id) })),
  ]);
  const missing = found.filter((one) => one.vpc === undefined).map(({ id }) => id);
  if (missing.length > 0)
    return error(about, `not there: ${missing.join(', ')}`, 'correct the ids in the stage file, or its region');
  const vpcs = [...new Set([...(vpc ? [vpc] : []), ...found.map((one) => one.vpc)])];
  if (vpcs.length > 1)
    return error(about, `they are in several VPCs: ${vpcs.join(', ')}`, 'name subnets and groups of one VPC');
  return ok(about, `${subnets.length} subnets of ${vpcs[0] ?? 'no VPC'}`);
}
