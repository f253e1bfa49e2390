import type { ImageDetail } from '@aws-sdk/client-ecr';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answer, bodyOf, listen, pretendAws } from '../../shared/http.ts';

const asked: Record<string, unknown>[] = [];
/** Page by page what ECR answers, or its refusal. */
let pages: object[][] | string = [];
const ecr = await listen(async (request, response) => {
  const question = JSON.parse(await bodyOf(request));
  asked.push(question);
  if (typeof pages === 'string')
    return answer(response, 400, JSON.stringify({ __type: pages, message: 'said by ECR' }));
  const page = Number(question.nextToken ?? 0);
  const nextToken = page + 1 < pages.length ? String(page + 1) : undefined;
  answer(response, 200, JSON.stringify({ imageDetails: pages[page], nextToken }));
});
pretendAws({ ECR: ecr.url });
const { newestTag } = await import('../../../functions/look-up-image-tags/newest.ts');

afterAll(() => ecr.close());

const DAY = 86_400;
/** An image as ECR tells it over HTTP, pushed on a day of November. */
const image = (day: number, ...imageTags: string[]) => ({ imageTags, imagePushedAt: 1_793_500_000 + day * DAY });

/** The newest of images that ECR has. */
const newest = (images: [day: number, ...tags: string[]][], pattern?: string) =>
  newestTag('chat', pattern, async function* () {
    for (const [day, ...imageTags] of images) yield { imageTags, imagePushedAt: new Date(day * DAY * 1000) };
  });

describe('newestTag', () => {
  test.each<[string, [number, ...string[]][], string | undefined, string]>([
    [
      'the newest pushed, wherever it stands',
      [
        [1, 'a'],
        [3, 'c'],
        [2, 'b'],
      ],
      undefined,
      'c',
    ],
    [
      'latest is no tag of its own',
      [
        [1, 'a'],
        [2, 'latest'],
      ],
      undefined,
      'a',
    ],
    [
      'beside latest',
      [
        [1, 'a'],
        [2, 'latest', 'b'],
      ],
      undefined,
      'b',
    ],
    [
      'called almost latest',
      [
        [1, 'a'],
        [2, 'latest-arm64'],
      ],
      undefined,
      'latest-arm64',
    ],
    ['several tags: the longest says most', [[1, 'v1', 'v1.4.2', 'v1.4']], undefined, 'v1.4.2'],
    ['several tags of one length: the greatest', [[1, 'abc', 'abd', 'aba']], undefined, 'abd'],
    [
      'pushed in one second: the greatest',
      [
        [1, 'a'],
        [1, 'c'],
        [1, 'b'],
      ],
      undefined,
      'c',
    ],
    [
      'a pattern',
      [
        [1, 'release-1'],
        [2, 'dev-2'],
      ],
      'release-*',
      'release-1',
    ],
    [
      'a pattern in the middle',
      [
        [1, 'v1-arm64'],
        [2, 'v2-amd64'],
        [3, 'v3-arm64-debug'],
      ],
      'v*-arm64',
      'v1-arm64',
    ],
    [
      'a pattern without a star',
      [
        [1, 'stable'],
        [2, 'stable-2'],
      ],
      'stable',
      'stable',
    ],
    [
      'a pattern with characters of expressions',
      [
        [1, 'v1.4+b(1)'],
        [2, 'v1x4+b(1)'],
      ],
      'v1.4+b(1)',
      'v1.4+b(1)',
    ],
    [
      'a pattern of latest',
      [
        [1, 'a'],
        [2, 'latest'],
      ],
      'latest',
      'latest',
    ],
    [
      'a pattern of everything',
      [
        [1, 'a'],
        [2, 'latest'],
      ],
      '*',
      'latest',
    ],
    [
      'an image of which only one tag fits',
      [
        [2, 'dev-22222', 'release-2'],
        [1, 'release-1'],
      ],
      'release-*',
      'release-2',
    ],
  ])('%s - that tag', async (_, images, pattern, expected) => {
    expect(await newest(images, pattern)).toBe(expected);
  });

  test('an image without a date - older than every other', async () => {
    const images = async function* () {
      yield { imageTags: ['undated'] };
      yield { imageTags: ['a'], imagePushedAt: new Date(1) };
      yield {};
    };
    expect(await newestTag('chat', undefined, images)).toBe('a');
  });

  test.each<[string, [number, ...string[]][], string | undefined, string]>([
    ['an empty repository', [], undefined, 'chat has no image with a tag other than latest'],
    ['nothing but latest', [[1, 'latest']], undefined, 'chat has no image with a tag other than latest'],
    ['nothing of the pattern', [[1, 'dev-1']], 'release-*', 'chat has no image with a tag like release-*'],
    ['images without tags', [[1], [2]], undefined, 'chat has no image'],
  ])('%s - ImageNotFound, with what to look at', async (_, images, pattern, message) => {
    await expect(newest(images, pattern)).rejects.toMatchObject({
      name: 'ImageNotFound',
      message: expect.stringContaining(message),
    });
  });

  test('any repository - as a sort of everything would have it', async () => {
    const tag = fc.stringMatching(/^(latest|dev|release)(-[0-9]{1,2})?$/);
    // A tag is on one image of a repository only.
    const repository = fc.uniqueArray(tag, { maxLength: 12 }).chain((tags) =>
      fc
        .array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 })), {
          minLength: tags.length,
          maxLength: tags.length,
        })
        .map((places) =>
          tags.map((name, index) => ({ name, day: places[index]?.[0] ?? 1, image: places[index]?.[1] ?? 0 })),
        ),
    );
    await fc.assert(
      fc.asyncProperty(repository, fc.constantFrom(undefined, 'release-*', '*'), async (tags, pattern) => {
        // The day is the image's: that of its first tag.
        const images = [...Map.groupBy(tags, ({ image }) => image).values()].map((same) => ({
          day: same[0]?.day ?? 1,
          tags: same.map(({ name }) => name),
        }));
        const isMeant = (name: string) =>
          pattern === undefined ? name !== 'latest' : pattern === '*' || name.startsWith('release-');
        const naive = images
          .flatMap(({ day, tags }) => {
            const [best] = tags
              .filter(isMeant)
              .sort()
              .reverse()
              .sort((a, b) => b.length - a.length);
            return best ? [{ day, best }] : [];
          })
          .sort((a, b) => (a.best < b.best ? 1 : -1))
          .sort((a, b) => b.day - a.day)[0]?.best;
        const found = newest(
          images.map(({ day, tags }) => [day, ...tags]),
          pattern,
        );
        if (naive === undefined) await expect(found).rejects.toMatchObject({ name: 'ImageNotFound' });
        else expect(await found).toBe(naive);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('newestTag, of ECR', () => {
  const known = async (told: object[][] | string, pattern?: string) => {
    asked.length = 0;
    pages = told;
    return await newestTag('chat', pattern);
  };

  test('thousands of images - every page is looked at, tagged ones alone, a thousand at a time', async () => {
    const first = Array.from({ length: 1000 }, (_, n) => image(n / 1000, `old-${n}`));
    expect(await known([first, [], [image(2, 'newest')], [image(1, 'older')]])).toBe('newest');
    expect(asked).toHaveLength(4);
    expect(asked[0]).toEqual({ repositoryName: 'chat', filter: { tagStatus: 'TAGGED' }, maxResults: 1000 });
  });

  test('an empty repository - ImageNotFound', async () => {
    await expect(known([[]])).rejects.toMatchObject({ name: 'ImageNotFound' });
  });

  test('no such repository - RepositoryNotFound, with where to correct it', async () => {
    await expect(known('RepositoryNotFoundException')).rejects.toMatchObject({
      name: 'RepositoryNotFound',
      message: 'no repository chat in this account and region: correct images.repository',
    });
  });

  test('anything else - by ECR’s own name: it is not known that there are none', async () => {
    await expect(known('AccessDeniedException')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('an effect of one’s own - ECR is not asked', async () => {
    asked.length = 0;
    const images = async function* (repository: string): AsyncGenerator<ImageDetail> {
      yield { imageTags: [`of-${repository}`], imagePushedAt: new Date() };
    };
    expect(await newestTag('chat', undefined, images)).toBe('of-chat');
    expect(asked).toEqual([]);
  });
});
