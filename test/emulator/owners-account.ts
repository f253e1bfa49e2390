import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import type { Emulators } from './emulators.ts';

/** What the owner of an environment has in the account: templates in a bucket, images in a repository, stacks. */
export class OwnersAccount {
  /** A schedule is obeyed within its hours alone; a person at any time. */
  readonly byHand = { by: 'ops@example.com' };
  private readonly endpoint: string;
  private readonly region: string;
  private readonly ecr: ECRClient;
  private readonly cloudformation: CloudFormationClient;

  constructor({ endpoint }: Emulators, region: string) {
    this.endpoint = endpoint;
    this.region = region;
    this.ecr = new ECRClient({ endpoint, region });
    this.cloudformation = new CloudFormationClient({ endpoint, region });
  }

  /**
   * Puts the templates of a folder into a bucket. A public parameter of AWS, the newest machine image, becomes an image:
   * the emulator has no public parameters and lets nobody make them.
   */
  async upload(folder: string, bucket: string): Promise<void> {
    const { region } = this;
    await this.put(
      bucket,
      `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
    );
    for (const name of readdirSync(folder))
      await this.put(`${bucket}/${name}`, asDeployable(readFileSync(join(folder, name), 'utf8')));
  }

  /** Makes a repository and pushes so many images. @returns their tags, the oldest first */
  async pushImages(repositoryName: string, count: number): Promise<string[]> {
    const tags: string[] = [];
    await this.ecr.send(new CreateRepositoryCommand({ repositoryName }));
    for (let number = 1; number <= count; number++) {
      const imageTag = `build-${number}`;
      const imageManifest = JSON.stringify({ schemaVersion: 2, config: { digest: `sha256:${number}` }, layers: [] });
      await this.ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
      tags.push(imageTag);
    }
    return tags;
  }

  /** A stack that is there. */
  async stack(name: string): Promise<{ status: string; parameters: Record<string, string> } | undefined> {
    try {
      const { Stacks } = await this.cloudformation.send(new DescribeStacksCommand({ StackName: name }));
      const { StackStatus = '', Parameters = [] } = Stacks?.[0] ?? {};
      const parameters = Object.fromEntries(
        Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
      );
      return StackStatus === 'DELETE_COMPLETE' ? undefined : { status: StackStatus, parameters };
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    }
  }

  /** The ids of its nested stacks. */
  async nested(name: string): Promise<string[]> {
    const { StackResourceSummaries = [] } = await this.cloudformation.send(
      new ListStackResourcesCommand({ StackName: name }),
    );
    return StackResourceSummaries.flatMap(({ ResourceType, PhysicalResourceId }) =>
      ResourceType === 'AWS::CloudFormation::Stack' && PhysicalResourceId ? [PhysicalResourceId] : [],
    );
  }

  /** S3 without its SDK, which nothing else here needs: the emulator does not look at the signature. */
  private async put(path: string, body: string): Promise<void> {
    const credential = `test/20260101/${this.region}/s3/aws4_request`;
    const response = await fetch(`${this.endpoint}/${path}`, {
      method: 'PUT',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` },
      body,
    });
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
  }
}

function asDeployable(template: string): string {
  return template
    .replace(/AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>/, 'String')
    .replace(/\/aws\/service\/[\w/.-]+/, 'ami-0123456789abcdef0');
}
