import type { ECRClient, ImageDetail } from '@aws-sdk/client-ecr';
import { idsOf } from '../resources/queues/ids.ts';
import { addressOf } from '../resources/queues/image.ts';
import type { CompiledStage } from '../shared/stage/compiled.ts';
import { awsConfig } from './deployed.ts';
import type { Serverless, Template } from './framework.ts';

/** The newest tag of a repository of ECR. */
type Newest = (repository: string) => Promise<string>;

/**
 * Puts the newest image of each repository into the tasks of workers whose stage file names no tag, when the stage is deployed:
 * what runs is what was built, and rolling back goes to what ran. Packaging alone asks nobody, and writes latest.
 */
export async function useNewestImages(
  { queues }: Pick<CompiledStage, 'queues'>,
  { Resources }: Pick<Template, 'Resources'>,
  newest: Newest,
): Promise<void> {
  await Promise.all(
    Object.entries(queues).map(async ([name, { workers }]) => {
      const image = workers.create?.image;
      if (!image || !('repository' in image) || image.tag !== undefined) return;
      const [container] = (Resources[idsOf(name).task]?.Properties?.['ContainerDefinitions'] ?? []) as object[];
      Object.assign(container ?? {}, { Image: addressOf(image, await newest(image.repository)) });
    }),
  );
}

/** Whether the command that runs puts anything into an account. */
export function isDeploying({ processedInput }: Pick<Serverless, 'processedInput'>): boolean {
  return processedInput.commands[0] === 'deploy';
}

/** Asks ECR with the framework's credentials. @throws RepositoryNotFound, ImageNotFound: nothing is deployed then */
export function newestOf(serverless: Serverless): Newest {
  return async (repository) => {
    // Only here: loading it takes longer than the plan.
    const { ECRClient, paginateDescribeImages } = await import('@aws-sdk/client-ecr');
    const { newestTag } = await import('../functions/look-up-image-tags/newest.ts');
    const client: ECRClient = new ECRClient(await awsConfig(serverless));
    return newestTag(repository, undefined, async function* tagged(repositoryName): AsyncGenerator<ImageDetail> {
      const pages = paginateDescribeImages(
        { client, pageSize: 1000 },
        { repositoryName, filter: { tagStatus: 'TAGGED' } },
      );
      for await (const page of pages) yield* page.imageDetails ?? [];
    });
  };
}
