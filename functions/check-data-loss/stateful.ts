import { parse } from 'yaml';

/** A resource as a template declares it. */
interface Declared {
  Type?: string;
  DeletionPolicy?: unknown;
  Properties?: Record<string, unknown>;
}

/**
 * Types that hold data, and lose it when they are deleted.
 *
 * @source CloudFormation template reference, one page a type; the services' own pages on deletion
 */
const STATEFUL = new Set([
  'AWS::Backup::BackupVault',
  'AWS::Cassandra::Table',
  'AWS::Cognito::UserPool',
  'AWS::DAX::Cluster',
  'AWS::DSQL::Cluster',
  'AWS::DocDB::DBCluster',
  'AWS::DocDBElastic::Cluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::FSx::Volume',
  'AWS::KMS::Key',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::QLDB::Ledger',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Tables::Table',
  'AWS::SDB::Domain',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Timestream::Table',
]);

const RETAIN = new Set(['Retain', 'RetainExceptOnCreate']);

/** Only these are kept by being copied first. */
const SNAPSHOT = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** A resource that is lost with its stack. */
export interface Loss {
  logicalId: string;
  type: string;
  policy: string;
}

/**
 * The resources of a template that hold data and would neither be kept nor copied.
 *
 * @param template JSON or YAML, with CloudFormation's tags
 */
export function lossesOf(template: string): Loss[] {
  // Tags such as !Ref are of no interest here; without a log level each of them is a warning.
  const { Resources = {} } = parse(template, { logLevel: 'error' }) as { Resources?: Record<string, Declared> };
  return Object.entries(Resources).flatMap(([logicalId, { Type: type = '', DeletionPolicy, Properties }]) => {
    const isInCluster = type === 'AWS::RDS::DBInstance' && Properties?.['DBClusterIdentifier'] !== undefined;
    const policy = String(DeletionPolicy ?? defaultPolicy(type));
    const isKept = RETAIN.has(policy) || (policy === 'Snapshot' && SNAPSHOT.has(type));
    return STATEFUL.has(type) && !isInCluster && !isKept ? [{ logicalId, type, policy }] : [];
  });
}

/** @source CloudFormation user guide, "DeletionPolicy attribute": RDS alone is copied without being asked to */
function defaultPolicy(type: string): string {
  return type === 'AWS::RDS::DBCluster' || type === 'AWS::RDS::DBInstance' ? 'Snapshot' : 'Delete';
}
