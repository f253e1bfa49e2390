import { createHash } from 'node:crypto';
import { environments } from '../../shared/stage/kinds.ts';
import { localInstant } from '../cron.ts';
import { ACCOUNT } from '../template.ts';
import type { World } from '../world.ts';
import { AwsError } from './errors.ts';

interface Image {
  digest: string;
  tags: string[];
  /** Milliseconds since the epoch. */
  pushed: number;
}

interface DescribeImages {
  repositoryName: string;
  maxResults?: number;
  nextToken?: string;
  filter?: { tagStatus?: 'TAGGED' | 'UNTAGGED' | 'ANY' };
}

/** Builds of a repository that the scenario does not describe: more than one answer of AWS holds. */
const USUAL_BUILDS = 1200;
const BETWEEN_BUILDS_MS = 45 * 60_000;

/**
 * ECR as far as images are described.
 *
 * @source ECR API reference, DescribeImages: 100 in an answer unless asked for more, 1,000 at most, in no order
 */
export class Ecr {
  constructor(world: World) {
    const repositories = new Map<string, Image[]>();
    const named = environments(world.stage).flatMap(([, { images }]) => images);
    for (const { repository } of named) {
      const patterns = named.filter((one) => one.repository === repository).map(({ tag = 'build-*' }) => tag);
      const found = imagesOf(world, repository, [...new Set(patterns)]);
      if (found) repositories.set(repository, found);
    }
    world.services['ecr'] = {
      DescribeImages: ({ repositoryName, maxResults = 100, nextToken = '0', filter }: DescribeImages) => {
        const images = repositories.get(repositoryName);
        if (!images)
          throw new AwsError(
            'RepositoryNotFoundException',
            `The repository with name '${repositoryName}' does not exist in the registry with id '${ACCOUNT}'`,
          );
        if (maxResults < 1 || maxResults > 1000)
          throw new AwsError(
            'InvalidParameterException',
            "Invalid parameter at 'maxResults' failed to satisfy constraint",
          );
        const status = filter?.tagStatus ?? 'ANY';
        const all = images.filter(
          ({ tags, pushed }) =>
            pushed <= world.clock.now && (status === 'ANY' || (status === 'TAGGED') === tags.length > 0),
        );
        const end = Number(nextToken) + maxResults;
        return {
          imageDetails: all.slice(Number(nextToken), end).map(({ digest, tags, pushed }) => ({
            ...{ registryId: ACCOUNT, repositoryName, imageDigest: digest },
            ...(tags.length > 0 && { imageTags: tags }),
            imagePushedAt: new Date(pushed),
          })),
          ...(end < all.length && { nextToken: String(end) }),
        };
      },
    };
  }
}

/** The images of a repository, by their digests; undefined when there is no repository. */
function imagesOf({ scenario, stage, clock }: World, repository: string, patterns: string[]): Image[] | undefined {
  const said = scenario.images[repository];
  if (said === 'missing') return undefined;
  const digest = (name: string) => `sha256:${createHash('sha256').update(`${repository} ${name}`).digest('hex')}`;
  const images =
    said === 'empty'
      ? []
      : said
        ? said.map(({ tags, pushed }) => ({
            digest: digest(pushed),
            tags,
            pushed: localInstant(pushed, stage.timezone),
          }))
        : usual(clock.now, digest, patterns);
  return images.sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

/**
 * Weeks of builds, tagged as the stage file looks for them, the newest with `latest` too; after some of them one was
 * pushed without a tag.
 */
function usual(now: number, digest: (name: string) => string, patterns: string[]): Image[] {
  return Array.from({ length: USUAL_BUILDS }, (_, index) => USUAL_BUILDS - index).flatMap((build) => {
    const pushed = now - (USUAL_BUILDS - build + 1) * BETWEEN_BUILDS_MS;
    const tags = [
      ...patterns.map((pattern) => pattern.replaceAll('*', String(build))),
      ...(build === USUAL_BUILDS ? ['latest'] : []),
    ];
    const tagged = { digest: digest(`build ${build}`), tags, pushed };
    return build % 25 === 0
      ? [tagged, { digest: digest(`untagged ${build}`), tags: [], pushed: pushed + 1000 }]
      : [tagged];
  });
}
