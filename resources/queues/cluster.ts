import type { Making } from './created.ts';
import { idsOf } from './ids.ts';

export function cluster({ name, workers }: Making): Record<string, object> {
  if (!workers.create.cluster) return {};
  return {
    [idsOf(name).cluster]: {
      Type: 'AWS::ECS::Cluster',
      Properties: { ClusterName: workers.cluster, CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] },
    },
  };
}
