import type { CreatedWorkers } from '../../shared/stage/compiled.ts';
import { arn, type Sub, sub } from '../arns.ts';

type Image = CreatedWorkers['image'];

/** Where the image is. @param tag what is taken where the stage file names none: the newest, when it is deployed */
export function addressOf(image: Image, tag = 'latest'): Sub | string {
  if ('address' in image) return image.address;
  return sub(`\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/${image.repository}:${image.tag ?? tag}`);
}

/** The repository of ECR that it is in, if it is in one. */
export function repositoryArn(image: Image): Sub | undefined {
  if ('repository' in image) return arn('ecr', `repository/${image.repository}`);
  const [, account, region, name] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image.address) ?? [];
  return name === undefined ? undefined : sub(`arn:\${AWS::Partition}:ecr:${region}:${account}:repository/${name}`);
}
