import { ECRClient, type ImageDetail, paginateDescribeImages } from '@aws-sdk/client-ecr';
import { ImageNotFound, RepositoryNotFound } from '../../shared/errors.ts';

const ecr = new ECRClient({});

/** As many as AWS gives at once. */
const PAGE = 1000;

/**
 * The newest image's tag in a repository, every page of it looked at.
 *
 * @param pattern `release-*`; `*` stands for any characters. Without it every tag but `latest`
 * @throws RepositoryNotFound; ImageNotFound when no image has such a tag
 */
export async function newestTag(repository: string, pattern?: string, images = tagged): Promise<string> {
  const isMeant = matcher(pattern);
  let newest: { tag: string; pushed: number } | undefined;
  try {
    for await (const { imageTags = [], imagePushedAt } of images(repository)) {
      // One image has several tags: the longest says most, v1.4.2 more than v1.
      const [tag] = imageTags.filter(isMeant).sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
      const pushed = imagePushedAt?.getTime() ?? 0;
      if (tag && (!newest || pushed > newest.pushed || (pushed === newest.pushed && tag > newest.tag)))
        newest = { tag, pushed };
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'RepositoryNotFoundException')
      throw new RepositoryNotFound(`no repository ${repository} in this account and region: correct images.repository`);
    throw error;
  }
  if (newest) return newest.tag;
  throw new ImageNotFound(
    `${repository} has no image with a tag ${pattern ? `like ${pattern}` : 'other than latest'}: was it built and pushed?`,
  );
}

async function* tagged(repository: string): AsyncGenerator<ImageDetail> {
  const pages = paginateDescribeImages(
    { client: ecr, pageSize: PAGE },
    { repositoryName: repository, filter: { tagStatus: 'TAGGED' } },
  );
  for await (const page of pages) yield* page.imageDetails ?? [];
}

function matcher(pattern: string | undefined): (tag: string) => boolean {
  if (!pattern) return (tag) => tag !== 'latest';
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return (tag) => expression.test(tag);
}
