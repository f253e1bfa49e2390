import { afterEach, expect, test } from '@jest/globals';
import { StackWorld } from './world.ts';

let aws: StackWorld;
afterEach(() => aws?.end());
const images = (input: object = {}) => aws.call('DescribeImages', { repositoryName: 'app', ...input }, 'ecr');

test('a repository - 1,200 tagged images in two pages, the newest build is the latest and comes somewhere', async () => {
  aws = new StackWorld();
  const filter = { tagStatus: 'TAGGED' };
  const first = await images({ maxResults: 1000, filter });
  const second = await images({ maxResults: 1000, filter, nextToken: first.nextToken });
  expect([first.imageDetails.length, second.imageDetails.length, second.nextToken]).toEqual([1000, 200, undefined]);
  const all = [...first.imageDetails, ...second.imageDetails];
  const newest = all.toSorted((a, b) => b.imagePushedAt - a.imagePushedAt)[0];
  expect(newest).toMatchObject({ imageTags: ['build-1200', 'latest'] });
  expect(all[0]).not.toBe(newest);
  expect((await images()).imageDetails).toHaveLength(100);
});

test('images of the scenario - there from the time on at which they are pushed', async () => {
  const app = [
    { tags: ['v1'], pushed: '2026-11-01T08:00' },
    { tags: ['v2'], pushed: '2026-11-02T08:00' },
  ];
  aws = new StackWorld({ images: { app } });
  expect((await images()).imageDetails).toMatchObject([{ imageTags: ['v1'] }]);
  await aws.pass(9 * 60);
  expect((await images()).imageDetails).toHaveLength(2);
});

test('an empty repository, and one that is missing - nothing, and an error', async () => {
  aws = new StackWorld({ images: { app: 'empty' } });
  expect(await images()).toEqual({ imageDetails: [] });
  await expect(images({ repositoryName: 'other' })).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
});
