import type { Declared } from './template-copy.ts';

/**
 * Types whose data is gone with them. Written apart from `functions/check-data-loss` on purpose: what this list sees
 * deleted and nobody gave up breaks law 4.
 */
const HOLDS_DATA =
  /^AWS::(RDS::DB(Instance|Cluster)|(DocDB|Neptune)::DBCluster|DynamoDB::(Global)?Table|ElastiCache::(CacheCluster|ReplicationGroup|ServerlessCache)|MemoryDB::Cluster|EFS::FileSystem|FSx::FileSystem|EC2::Volume|S3::Bucket|OpenSearchService::Domain|Redshift::Cluster|MSK::Cluster)$/;

/** @source CloudFormation template reference, "DeletionPolicy attribute": the resources that support snapshots */
const CAN_BE_COPIED =
  /^AWS::(RDS::DB(Instance|Cluster)|(DocDB|Neptune)::DBCluster|ElastiCache::(CacheCluster|ReplicationGroup)|EC2::Volume|Redshift::Cluster)$/;

/**
 * Whether data is lost when CloudFormation deletes a resource.
 *
 * @source CloudFormation template reference, "DeletionPolicy attribute": the default is Delete, but Snapshot for
 * AWS::RDS::DBCluster and for an AWS::RDS::DBInstance without DBClusterIdentifier
 */
export function losesData({ type, policy, properties }: Declared): boolean {
  const isOfCluster = type === 'AWS::RDS::DBInstance' && properties['DBClusterIdentifier'] !== undefined;
  if (!HOLDS_DATA.test(type) || isOfCluster || policy?.startsWith('Retain')) return false;
  if (policy === undefined) return !type.startsWith('AWS::RDS::');
  return !(policy === 'Snapshot' && CAN_BE_COPIED.test(type));
}
