import type { workersOf } from '../../../../plugin/ops/doctor/aws-workers.ts';

/** Workers, and what tasks run in, that are all as they should be. */
export const workersThatAreThere: ReturnType<typeof workersOf> = {
  workerService: async () => ({ running: 3, desired: 3, said: 'has reached a steady state.' }),
  hasCluster: async () => true,
  taskDefinition: async (definition) => ({ name: `${definition}:7`, roles: [] }),
  scalableTarget: async () => ({ min: 0, max: 50 }),
  scalingPolicies: async () => ['lamplighter-dev-crawl-wanted', 'lamplighter-dev-crawl-none'],
  hasImage: async () => true,
  vpcOfSubnet: async () => 'vpc-1',
  vpcOfGroup: async () => 'vpc-1',
};
