import { DescribeInstanceAttributeCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { HeadBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeDocumentCommand, DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Config } from '../../deployed.ts';
import { known } from './known.ts';

/** What the stage file names and somebody else has made: instances, templates, roles, images. */
export function estateOf(config: Config) {
  const [ec2, ecr, iam, ssm] = [
    new EC2Client(config),
    new ECRClient(config),
    new IAMClient(config),
    new SSMClient(config),
  ];
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'];
  // An emulator has no host for each bucket.
  const s3 = new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: endpoint !== undefined });
  return {
    instance: async (id: string) => {
      const asked = ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
      const found = (await known(asked, /^InvalidInstanceID/))?.Reservations?.[0]?.Instances?.[0];
      return (
        found && {
          state: found.State?.Name ?? '',
          type: found.InstanceType ?? '',
          profile: found.IamInstanceProfile?.Arn,
          rootDevice: found.RootDeviceType ?? '',
        }
      );
    },

    /** What a shutdown from inside does: `stop` or `terminate`. */
    shutdown: async (id: string) => {
      const Attribute = 'instanceInitiatedShutdownBehavior' as const;
      const asked = new DescribeInstanceAttributeCommand({ InstanceId: id, Attribute });
      return (await ec2.send(asked)).InstanceInitiatedShutdownBehavior?.Value ?? '';
    },

    /** How Systems Manager sees an instance: `Online`, `ConnectionLost`; undefined when it never did. */
    agent: async (id: string): Promise<string | undefined> => {
      const Filters = [{ Key: 'InstanceIds', Values: [id] }];
      const asked = ssm.send(new DescribeInstanceInformationCommand({ Filters }));
      return (await known(asked, /^InvalidInstanceId/))?.InstanceInformationList?.[0]?.PingStatus;
    },

    documentStatus: async (Name: string): Promise<string | undefined> =>
      (await known(ssm.send(new DescribeDocumentCommand({ Name })), /^InvalidDocument/))?.Document?.Status,

    hasObject: async (Bucket: string, Key: string) =>
      (await known(s3.send(new HeadObjectCommand({ Bucket, Key })), /^(NotFound|NoSuchKey|NoSuchBucket)/)) !==
      undefined,

    hasBucket: async (Bucket: string) =>
      (await known(s3.send(new HeadBucketCommand({ Bucket })), /^(NotFound|NoSuchBucket)/)) !== undefined,

    /** The services that may assume a role. */
    trustOf: async (RoleName: string) => {
      const { Role } = (await known(iam.send(new GetRoleCommand({ RoleName })), /^NoSuchEntity/)) ?? {};
      return Role && servicesOf(decodeURIComponent(Role.AssumeRolePolicyDocument ?? '{}'));
    },

    /** How many images of a repository have a tag, as far as one page says. */
    images: async (repositoryName: string) => {
      const asked = new DescribeImagesCommand({ repositoryName, filter: { tagStatus: 'TAGGED' }, maxResults: 100 });
      return (await known(ecr.send(asked), /^RepositoryNotFound/))?.imageDetails?.length;
    },
  };
}

function servicesOf(policy: string): string[] {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: { Principal?: { Service?: string | string[] } }[] };
  return [Statement].flat().flatMap(({ Principal }) => Principal?.Service ?? []);
}
