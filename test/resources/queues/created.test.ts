import { describe, expect, test } from '@jest/globals';
import { queues } from '../../../resources/queues.ts';
import { aQueue, aStage } from '../../shared/builders.ts';
import { fixture, HYBRID, hybrid, ofType, type Resource, type Resources } from './stages.ts';

const policy = ({ Properties }: Resource | undefined = { Type: '', Properties: {} }) =>
  (Properties['Policies'] as { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } }[])[0]
    ?.PolicyDocument.Statement;

describe('what is made for workers', () => {
  test('workers that are there already - nothing', () => {
    const stage = aStage({ queues: { crawl: aQueue() } });
    const types = Object.values(queues(stage) as Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /ECS|IAM|EC2|Logs/.test(type))).toEqual([]);
  });

  test('the service - rolls back by itself, and how many there are is left to scaling', () => {
    const { Properties = {} } = hybrid['CrawlWorkers'] ?? {};
    expect(Properties).toMatchObject({
      Cluster: { Ref: 'CrawlCluster' },
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      EnableECSManagedTags: true,
    });
    expect(Properties).not.toHaveProperty('DesiredCount');
  });

  test('a cluster that is there already - by its name; Spot by its provider', () => {
    expect(fixture['MailsWorkers']?.Properties).toMatchObject({
      Cluster: 'app',
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: 'DISABLED',
          Subnets: ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'],
          SecurityGroups: ['sg-0aaaaaaaaaaaaaaa2'],
        },
      },
    });
    expect(ofType(fixture, 'AWS::ECS::Cluster')).toEqual([]);
  });

  test('the task - its size, its time to end, its secrets as references', () => {
    expect(hybrid['CrawlWorkerTask']?.Properties).toMatchObject({
      ...{ Cpu: '1024', Memory: '2048', RuntimePlatform: { CpuArchitecture: 'X86_64' } },
      ContainerDefinitions: [
        {
          StopTimeout: 120,
          Command: ['--process=worker'],
          Secrets: [
            {
              Name: 'REDIS_PASSWORD',
              ValueFrom: {
                'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/lamplighter/dev/redis',
              },
            },
          ],
        },
      ],
    });
    expect(fixture['MailsWorkerTask']?.Properties).toMatchObject({
      ...{ Cpu: '256', Memory: '512', RuntimePlatform: { CpuArchitecture: 'ARM64' } },
    });
  });

  test('what starts a worker - may pull its image, read its secrets and write its log; the worker may protect itself', () => {
    expect(policy(hybrid['CrawlWorkerExecutionRole'])?.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'ecr:GetAuthorizationToken',
      ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      'ssm:GetParameters',
    ]);
    expect(policy(hybrid['CrawlWorkerRole'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/crawler-workers/*' },
      },
    ]);
  });

  test('the security group - out to what the source names, in from nobody; Redis and PostgreSQL admit it', () => {
    expect(hybrid['CrawlWorkerGroup']?.Properties).toMatchObject({
      VpcId: 'vpc-0123456789abcdef0',
      SecurityGroupEgress: [
        { FromPort: 6379, DestinationSecurityGroupId: 'sg-0fedcba9876543210' },
        { FromPort: 5432, DestinationSecurityGroupId: 'sg-0fedcba9876543210' },
        { FromPort: 443, CidrIp: '0.0.0.0/0' },
      ],
    });
    expect(hybrid['CrawlWorkerGroup']?.Properties).not.toHaveProperty('SecurityGroupIngress');
    const rules = ofType(hybrid, 'AWS::EC2::SecurityGroupIngress').map(({ Properties }) => Properties);
    expect(rules).toMatchObject([
      { GroupId: 'sg-0fedcba9876543210', FromPort: 6379, ToPort: 6379 },
      { GroupId: 'sg-0fedcba9876543210', FromPort: 5432, ToPort: 5432 },
    ]);
  });

  test('endpoints - only where they are asked for: of ECR, logs, SSM and S3, open to the workers alone', () => {
    expect(ofType(hybrid, 'AWS::EC2::VPCEndpoint')).toEqual([]);
    const { crawl } = HYBRID.queues;
    const create = crawl?.workers.create;
    if (!crawl || !create) throw new Error('nothing is created');
    const asked = { ...create, endpoints: { routeTables: ['rtb-0123456789abcdef0'] } };
    const stage = aStage({ queues: { crawl: { ...crawl, workers: { ...crawl.workers, create: asked } } } });
    const found = queues(stage) as Resources;
    expect(ofType(found, 'AWS::EC2::VPCEndpoint').map(({ Properties }) => Properties['ServiceName'])).toEqual(
      ['ecr.api', 'ecr.dkr', 'logs', 'ssm', 's3'].map((name) => ({
        'Fn::Sub': `com.amazonaws.\${AWS::Region}.${name}`,
      })),
    );
    expect(found['CrawlEndpointGroup']?.Properties).toMatchObject({
      SecurityGroupIngress: [
        { FromPort: 443, SourceSecurityGroupId: { 'Fn::GetAtt': ['CrawlWorkerGroup', 'GroupId'] } },
      ],
    });
  });
});
