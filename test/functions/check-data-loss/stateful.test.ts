import { describe, expect, test } from '@jest/globals';
import { lossesOf } from '../../../functions/check-data-loss/stateful.ts';

/** The losses of a template with one resource. */
function losses(Type: string, rest: object = {}) {
  return lossesOf(JSON.stringify({ Resources: { Data: { Type, ...rest } } }));
}
const lost = (type: string, policy: string) => [{ logicalId: 'Data', type, policy }];

describe('lossesOf', () => {
  test.each([
    'AWS::S3::Bucket',
    'AWS::DynamoDB::Table',
    'AWS::EFS::FileSystem',
    'AWS::EC2::Volume',
    'AWS::DocDB::DBCluster',
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::CacheCluster',
    'AWS::Redshift::Cluster',
    'AWS::OpenSearchService::Domain',
    'AWS::Cognito::UserPool',
  ])('%s without a policy - lost: the default is Delete', (type) => {
    expect(losses(type)).toEqual(lost(type, 'Delete'));
  });

  test.each(['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'])(
    '%s without a policy - not lost: CloudFormation takes a snapshot by itself',
    (type) => {
      expect(losses(type)).toEqual([]);
      expect(losses(type, { DeletionPolicy: 'Delete' })).toEqual(lost(type, 'Delete'));
    },
  );

  test.each([
    'AWS::EC2::Instance',
    'AWS::ECS::Service',
    'AWS::DocDB::DBInstance',
    'AWS::SQS::Queue',
    'AWS::CloudFormation::Stack',
    'Custom::Anything',
  ])('%s - holds no data of its own', (type) => {
    expect(losses(type)).toEqual([]);
  });

  test.each(['Retain', 'RetainExceptOnCreate'])('%s - kept, whatever the type', (DeletionPolicy) => {
    for (const type of ['AWS::S3::Bucket', 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table'])
      expect(losses(type, { DeletionPolicy })).toEqual([]);
  });

  test.each([
    ['AWS::DocDB::DBCluster', true],
    ['AWS::EC2::Volume', true],
    ['AWS::ElastiCache::CacheCluster', true],
    ['AWS::ElastiCache::ReplicationGroup', true],
    ['AWS::Neptune::DBCluster', true],
    ['AWS::RDS::DBCluster', true],
    ['AWS::RDS::DBInstance', true],
    ['AWS::Redshift::Cluster', true],
    ['AWS::S3::Bucket', false],
    ['AWS::DynamoDB::Table', false],
    ['AWS::EFS::FileSystem', false],
  ])('Snapshot of %s - copied: %s', (type, isCopied) => {
    expect(losses(type, { DeletionPolicy: 'Snapshot' })).toEqual(isCopied ? [] : lost(type, 'Snapshot'));
  });

  test('an instance in a cluster - its data is the cluster’s, whatever its policy', () => {
    const Properties = { DBClusterIdentifier: { Ref: 'Cluster' } };
    expect(losses('AWS::RDS::DBInstance', { DeletionPolicy: 'Delete', Properties })).toEqual([]);
    expect(losses('AWS::RDS::DBInstance', { DeletionPolicy: 'Delete', Properties: {} })).toHaveLength(1);
  });

  test.each(['RetainMaybe', 'retain', { Ref: 'Policy' }, ['Retain', 'Delete'], true])(
    'a policy that cannot be read, %j - not taken for Retain',
    (DeletionPolicy) => {
      expect(losses('AWS::S3::Bucket', { DeletionPolicy })).toHaveLength(1);
    },
  );

  test('YAML with CloudFormation’s tags - read, without a warning', () => {
    const template = `
AWSTemplateFormatVersion: 2010-09-09
Parameters: { Environment: { Type: String } }
Conditions:
  IsProd: !Equals [!Ref Environment, production]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub '\${AWS::StackName}-data'
      Tags: !If [IsProd, [{ Key: a, Value: !GetAtt Cluster.Endpoint }], !Ref AWS::NoValue]
  Cluster:
    Type: AWS::DocDB::DBCluster
    DeletionPolicy: Snapshot
    Properties:
      MasterUserPassword: !ImportValue
        Fn::Sub: '\${Environment}-password'
  Volume:
    Type: AWS::EC2::Volume
    DeletionPolicy: !If [IsProd, Retain, Delete]
    Properties: { AvailabilityZone: !Select [0, !GetAZs ''], Size: 20 }
  Member:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      DBClusterIdentifier: !Ref Aurora
`;
    expect(lossesOf(template)).toEqual([
      { logicalId: 'Bucket', type: 'AWS::S3::Bucket', policy: 'Delete' },
      { logicalId: 'Volume', type: 'AWS::EC2::Volume', policy: 'IsProd,Retain,Delete' },
    ]);
  });

  test('JSON and YAML of one template - the same', () => {
    const json = JSON.stringify({ Resources: { A: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete' } } });
    expect(lossesOf(json)).toEqual(
      lossesOf('Resources:\n  A:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Delete\n'),
    );
  });

  test('a template without resources - nothing; one that cannot be read - an error, not nothing', () => {
    expect(lossesOf('AWSTemplateFormatVersion: 2010-09-09')).toEqual([]);
    for (const broken of ['', 'Resources: {A: {', '{"Resources": {"A"']) expect(() => lossesOf(broken)).toThrow();
  });
});
